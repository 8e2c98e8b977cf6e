// Missing energy as a vector that others add to.

/** Adds (px, py) in GeV to the missing transverse energy of an event. */
export function addMissingEnergy(
  event: { missingEnergy: number; missingEnergyAzimuth: number },
  px: number,
  py: number,
): void {
  const x = event.missingEnergy * Math.cos(event.missingEnergyAzimuth) + px;
  const y = event.missingEnergy * Math.sin(event.missingEnergyAzimuth) + py;
  event.missingEnergy = Math.sqrt(x * x + y * y);
  event.missingEnergyAzimuth = Math.atan2(y, x);
}
