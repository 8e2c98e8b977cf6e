// TensorBoard's events: what stands in the records of an event file. Numbers are kept as 32 bits, as TensorBoard keeps them.
import { create, type MessageInitShape, toBinary } from '@bufbuild/protobuf';
import { DataType, EventSchema } from './event_pb.ts';
import { record } from './record-file.ts';

type EventInit = MessageInitShape<typeof EventSchema>;

const framed = (event: EventInit): Uint8Array => record(toBinary(EventSchema, create(EventSchema, event)));

/** The first record of every file. @param wallTime seconds since 1970, here and below */
export const versionEvent = (wallTime: number): Uint8Array =>
  framed({ wallTime, what: { case: 'fileVersion', value: 'brain.Event:2' } });

/** Numbers at a step, a curve each. @param step a whole number */
export const scalarEvent = (
  wallTime: number,
  step: number,
  values: readonly { readonly tag: string; readonly value: number }[],
): Uint8Array =>
  framed({
    wallTime,
    step: BigInt(step),
    what: {
      case: 'summary',
      value: { value: values.map(({ tag, value }) => ({ tag, value: { case: 'simpleValue', value } })) },
    },
  });

/** A text in Markdown, which the plugin "text" shows. */
export const textEvent = (wallTime: number, tag: string, text: string): Uint8Array =>
  framed({
    wallTime,
    what: {
      case: 'summary',
      value: {
        value: [
          {
            tag,
            metadata: { pluginData: { pluginName: 'text' } },
            value: {
              case: 'tensor',
              value: {
                dtype: DataType.DT_STRING,
                tensorShape: { dim: [{ size: 1n }] },
                stringVal: [Buffer.from(text)],
              },
            },
          },
        ],
      },
    },
  });
