// What is used of seek-bzip, which comes without types.
declare module 'seek-bzip' {
  interface Input {
    readByte(): number;
    read(target: Uint8Array, offset: number, length: number): number;
    eof(): boolean;
  }
  interface Output {
    writeByte(byte: number): void;
  }
  const bunzip: { decode(input: Input, output: Output, multistream: boolean): void };
  export default bunzip;
}
