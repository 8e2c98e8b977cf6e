// The quarks and gluons of one collision on their way to becoming jets.

/** What a jet came from. */
export const Flavour = { light: 0, charm: 1, bottom: 2 } as const;

const most = 24;

/** Massless momenta on the cylinder of pseudorapidity and azimuth, refilled for each collision. */
export class JetList {
  count = 0;
  readonly transverseMomentum = new Float64Array(most);
  readonly pseudorapidity = new Float64Array(most);
  readonly azimuth = new Float64Array(most);
  readonly flavour = new Uint8Array(most);
  /** Uniform number that decides about the tag: drawn first, so that hopeless collisions end early. */
  readonly tagDraw = new Float64Array(most);

  /** More than 24 are left out. */
  push(
    transverseMomentum: number,
    pseudorapidity: number,
    azimuth: number,
    flavour: number,
    tagDraw = 1,
  ): void {
    const i = this.count;
    if (i === most) return;
    this.transverseMomentum[i] = transverseMomentum;
    this.pseudorapidity[i] = pseudorapidity;
    this.azimuth[i] = azimuth;
    this.flavour[i] = flavour;
    this.tagDraw[i] = tagDraw;
    this.count = i + 1;
  }

  /**
   * Joins all pairs nearer to each other than `distance`, the first found first: pT is added, the direction is the mean weighted by
   * pT (the recombination of Snowmass), the heavier flavour stays.
   */
  merge(distance: number): void {
    const { transverseMomentum: pt, pseudorapidity: eta, azimuth: phi, flavour, tagDraw } = this;
    const limit = distance * distance;
    for (let i = 0; i < this.count; i++) {
      for (let j = i + 1; j < this.count; j++) {
        const deltaEta = eta[j] - eta[i];
        if (deltaEta > distance || deltaEta < -distance) continue;
        const difference = phi[j] - phi[i];
        const deltaPhi = difference - 2 * Math.PI * Math.round(difference / (2 * Math.PI));
        if (deltaEta * deltaEta + deltaPhi * deltaPhi >= limit) continue;
        const share = pt[j] / (pt[i] + pt[j]);
        pt[i] += pt[j];
        eta[i] += share * deltaEta;
        const angle = phi[i] + share * deltaPhi;
        phi[i] = angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI));
        if (flavour[j] > flavour[i]) {
          flavour[i] = flavour[j];
          tagDraw[i] = tagDraw[j];
        }
        const last = --this.count;
        pt[j] = pt[last];
        eta[j] = eta[last];
        phi[j] = phi[last];
        flavour[j] = flavour[last];
        tagDraw[j] = tagDraw[last];
        // The joined one may have moved into reach of one already passed.
        i = -1;
        break;
      }
    }
  }
}
