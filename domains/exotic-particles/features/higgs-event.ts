// What a detector records of one l nu jj bb collision: the input of the derived masses.

/** One collision in physical units, refilled for each: a lepton, the missing transverse energy, and at most 16 jets. */
export class HiggsEvent {
  static readonly maximumJets = 16;

  /** GeV. */
  leptonTransverseMomentum = 0;
  leptonPseudorapidity = 0;
  leptonAzimuth = 0;
  /** Magnitude of the missing transverse energy, GeV. */
  missingEnergy = 0;
  missingEnergyAzimuth = 0;
  /** Jets that passed the selection; the first four are the columns of the file. */
  jets = 0;
  readonly jetTransverseMomentum = new Float64Array(HiggsEvent.maximumJets);
  readonly jetPseudorapidity = new Float64Array(HiggsEvent.maximumJets);
  readonly jetAzimuth = new Float64Array(HiggsEvent.maximumJets);
  /** Class of the b-tag: 0 none, 1 loose, 2 tight. */
  readonly jetTag = new Uint8Array(HiggsEvent.maximumJets);

  /** Takes the 21 measured columns of one row in physical units, in the order of the file, from `offset` on. */
  read(row: ArrayLike<number>, offset = 0): this {
    this.leptonTransverseMomentum = row[offset];
    this.leptonPseudorapidity = row[offset + 1];
    this.leptonAzimuth = row[offset + 2];
    this.missingEnergy = row[offset + 3];
    this.missingEnergyAzimuth = row[offset + 4];
    this.jets = 4;
    for (let jet = 0, at = offset + 5; jet < 4; jet++, at += 4) {
      this.jetTransverseMomentum[jet] = row[at];
      this.jetPseudorapidity[jet] = row[at + 1];
      this.jetAzimuth[jet] = row[at + 2];
      this.jetTag[jet] = Math.round(row[at + 3]);
    }
    return this;
  }

  /** Writes those 21 columns in physical units. */
  write(row: Float64Array | Float32Array, offset = 0): void {
    row[offset] = this.leptonTransverseMomentum;
    row[offset + 1] = this.leptonPseudorapidity;
    row[offset + 2] = this.leptonAzimuth;
    row[offset + 3] = this.missingEnergy;
    row[offset + 4] = this.missingEnergyAzimuth;
    for (let jet = 0, at = offset + 5; jet < 4; jet++, at += 4) {
      row[at] = this.jetTransverseMomentum[jet];
      row[at + 1] = this.jetPseudorapidity[jet];
      row[at + 2] = this.jetAzimuth[jet];
      row[at + 3] = this.jetTag[jet];
    }
  }
}
