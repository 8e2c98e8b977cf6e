// What a detector records of one collision with two leptons and missing energy: the input of the derived variables.

/** One collision in physical units, refilled for each. */
export class SusyEvent {
  static readonly maximumJets = 8;

  /** GeV; the leading lepton first. */
  transverseMomentum1 = 0;
  pseudorapidity1 = 0;
  azimuth1 = 0;
  transverseMomentum2 = 0;
  pseudorapidity2 = 0;
  azimuth2 = 0;
  /** Magnitude of the missing transverse energy, GeV. */
  missingEnergy = 0;
  missingEnergyAzimuth = 0;
  /** Jets near which missing energy is not trusted (MET_rel); UCI's file does not hold them. */
  jets = 0;
  readonly jetAzimuth = new Float64Array(SusyEvent.maximumJets);

  /** Takes the 8 measured columns of one row in physical units, in the order of the file; no jets. */
  read(row: ArrayLike<number>, offset = 0): this {
    this.transverseMomentum1 = row[offset];
    this.pseudorapidity1 = row[offset + 1];
    this.azimuth1 = row[offset + 2];
    this.transverseMomentum2 = row[offset + 3];
    this.pseudorapidity2 = row[offset + 4];
    this.azimuth2 = row[offset + 5];
    this.missingEnergy = row[offset + 6];
    this.missingEnergyAzimuth = row[offset + 7];
    this.jets = 0;
    return this;
  }

  /** Writes those 8 columns in physical units. */
  write(row: Float64Array | Float32Array, offset = 0): void {
    row[offset] = this.transverseMomentum1;
    row[offset + 1] = this.pseudorapidity1;
    row[offset + 2] = this.azimuth1;
    row[offset + 3] = this.transverseMomentum2;
    row[offset + 4] = this.pseudorapidity2;
    row[offset + 5] = this.azimuth2;
    row[offset + 6] = this.missingEnergy;
    row[offset + 7] = this.missingEnergyAzimuth;
  }
}
