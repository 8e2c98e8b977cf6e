// Runs a finished model file: any number of rows in, named outputs out. It knows nothing of how the model was trained.
import { fromBinary } from '@bufbuild/protobuf';
import { openSession, type RuntimeTensor, runSession, runtimeTensor, type Session } from './graph/session.ts';
import { type ModelProto, ModelProtoSchema } from './onnx/onnx_pb.ts';
import type { DType, TensorData } from './tensor-data.ts';

/** What goes into a model or comes out of it. */
export interface ModelPort {
  readonly name: string;
  readonly dtype: DType;
  /** -1 for a dimension of any size. */
  readonly shape: readonly number[];
}

type ValueInfo = NonNullable<ModelProto['graph']>['input'][number];

const dtypes: Readonly<Record<number, DType>> = { 1: 'float32', 6: 'int32', 9: 'bool' };

function portOf({ name, type }: ValueInfo): ModelPort {
  const tensor = type?.value.case === 'tensorType' ? type.value.value : undefined;
  const dims = tensor?.shape?.dim ?? [];
  return {
    name,
    dtype: dtypes[tensor?.elemType ?? 1],
    shape: dims.map(({ value }) => (value.case === 'dimValue' ? Number(value.value) : -1)),
  };
}

const metadataOf = ({ metadataProps }: ModelProto): Record<string, string> =>
  Object.fromEntries(metadataProps.map(({ key, value }) => [key, value]));

/** The metadata_props of a model file. */
export const modelMetadata = (bytes: Uint8Array): Record<string, string> =>
  metadataOf(fromBinary(ModelProtoSchema, bytes));

/** An opened model. */
export class InferenceModel {
  private constructor(
    private readonly name: string,
    private readonly session: Session,
    readonly inputs: readonly ModelPort[],
    readonly results: readonly ModelPort[],
    /** The model's metadata_props. */
    readonly metadata: Readonly<Record<string, string>>,
  ) {}

  /** Names of the outputs. */
  get outputs(): string[] {
    return this.results.map(({ name }) => name);
  }

  /**
   * @param bytes an ONNX model that exportModel wrote
   * @throws EngineError when ONNX Runtime refuses it
   */
  static async open(bytes: Uint8Array, name: string, threads?: number): Promise<InferenceModel> {
    const session = await openSession(bytes, name, { threads });
    const proto = fromBinary(ModelProtoSchema, bytes);
    const [inputs, results] = [proto.graph?.input ?? [], proto.graph?.output ?? []];
    return new InferenceModel(name, session, inputs.map(portOf), results.map(portOf), metadataOf(proto));
  }

  /** Runs the model. @throws RangeError when an input is missing or its shape or type does not fit */
  async run(inputs: Readonly<Record<string, TensorData>>): Promise<Record<string, TensorData>> {
    const feeds: Record<string, RuntimeTensor> = {};
    for (const { name, dtype, shape } of this.inputs) {
      const given = inputs[name];
      const fits =
        given?.dtype === dtype &&
        given.shape.length === shape.length &&
        shape.every((n, i) => n === -1 || n === given.shape[i]);
      if (!fits) {
        const got = given ? `${given.dtype} [${given.shape}]` : 'nothing';
        throw new RangeError(`${this.name}: expected ${dtype} [${shape}] for input ${name}, got ${got}`);
      }
      feeds[name] = runtimeTensor(given.data, given.shape, dtype);
    }
    const fetches = Object.fromEntries(this.outputs.map((key) => [key, null]));
    const results = await runSession(this.session, this.name, feeds, fetches);
    return Object.fromEntries(
      this.outputs.map((key) => {
        const { type, dims, data } = results[key];
        return [key, { dtype: type as DType, shape: dims, data: data as Float32Array }];
      }),
    );
  }

  async dispose(): Promise<void> {
    await this.session.release();
  }
}
