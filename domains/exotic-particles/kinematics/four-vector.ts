// A momentum four-vector (px, py, pz, E) in GeV, natural units, metric (+, -, -, -) with E as time. It is mutable and meant
// to be allocated once and refilled: generators go through millions of events and must not leave garbage behind.

/** Four-momentum in GeV; the beam runs along z. */
export class FourVector {
  /** (px, py, pz, E). Numbers in plain fields would be allocated anew at every change. */
  private readonly components = new Float64Array(4);

  constructor(px = 0, py = 0, pz = 0, energy = 0) {
    this.set(px, py, pz, energy);
  }

  get px(): number {
    return this.components[0];
  }

  get py(): number {
    return this.components[1];
  }

  get pz(): number {
    return this.components[2];
  }

  get energy(): number {
    return this.components[3];
  }

  set(px: number, py: number, pz: number, energy: number): this {
    const { components } = this;
    components[0] = px;
    components[1] = py;
    components[2] = pz;
    components[3] = energy;
    return this;
  }

  copy(other: FourVector): this {
    return this.set(other.px, other.py, other.pz, other.energy);
  }

  add(other: FourVector): this {
    return this.set(this.px + other.px, this.py + other.py, this.pz + other.pz, this.energy + other.energy);
  }

  /** A massless particle: p = pT (cos phi, sin phi, sinh eta), E = pT cosh eta. */
  setMassless(transverseMomentum: number, pseudorapidity: number, azimuth: number): this {
    const e = Math.exp(pseudorapidity);
    return this.set(
      transverseMomentum * Math.cos(azimuth),
      transverseMomentum * Math.sin(azimuth),
      0.5 * transverseMomentum * (e - 1 / e),
      0.5 * transverseMomentum * (e + 1 / e),
    );
  }

  /** A particle of mass m at rapidity y with transverse momentum (px, py): E = mT cosh y, pz = mT sinh y. */
  setRapidity(mass: number, rapidity: number, px: number, py: number): this {
    const transverseMass = Math.sqrt(mass * mass + px * px + py * py);
    const e = Math.exp(rapidity);
    return this.set(px, py, 0.5 * transverseMass * (e - 1 / e), 0.5 * transverseMass * (e + 1 / e));
  }

  get transverseMomentum(): number {
    return Math.sqrt(this.px * this.px + this.py * this.py);
  }

  get momentum(): number {
    return Math.sqrt(this.px * this.px + this.py * this.py + this.pz * this.pz);
  }

  /** asinh(pz / pT); infinite along the beam. */
  get pseudorapidity(): number {
    return Math.asinh(this.pz / this.transverseMomentum);
  }

  /** Angle about the beam in (-pi, pi]. */
  get azimuth(): number {
    return Math.atan2(this.py, this.px);
  }

  /** Invariant mass sqrt(E^2 - p^2), 0 where rounding makes the square negative. */
  get mass(): number {
    return Math.sqrt(Math.max(0, this.massSquared));
  }

  get massSquared(): number {
    return this.energy * this.energy - this.px * this.px - this.py * this.py - this.pz * this.pz;
  }
}
