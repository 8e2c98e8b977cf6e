// Whether the lists in Arrow's descriptions fit into them. apache-arrow makes as many parts as a list's length says, and its
// FlatBuffers answer zero beyond their end, so that four damaged bytes fill the memory
// (https://flatbuffers.dev/internals/: a list is its length and its elements).
import type { Field } from 'apache-arrow/fb/field';
import type { RecordBatch } from 'apache-arrow/fb/record-batch';
import type { Schema } from 'apache-arrow/fb/schema';
import { ByteBuffer } from 'flatbuffers';

/** Bytes of the elements of lists: an offset to a table, FieldNode and Buffer, Block, a count. */
const [offsetBytes, pairBytes, blockBytes, countBytes] = [4, 16, 24, 8];

/** What is left of a description for the elements of its lists, each of which has bytes of its own. */
class Room {
  constructor(private left: number) {}

  take(elements: number, bytes: number): void {
    this.left -= elements * bytes;
    if (!(elements >= 0 && this.left >= 0)) throw new Error('a list has an impossible length');
  }
}

function takeField(field: Field | null, room: Room): void {
  if (field === null) return;
  room.take(field.childrenLength() + field.customMetadataLength(), offsetBytes);
  for (let i = 0; i < field.childrenLength(); i++) takeField(field.children(i), room);
}

function takeSchema(schema: Schema | null, room: Room): void {
  if (schema === null) return;
  room.take(schema.fieldsLength() + schema.customMetadataLength() + schema.featuresLength(), offsetBytes);
  for (let i = 0; i < schema.fieldsLength(); i++) takeField(schema.fields(i), room);
}

function takeBatch(batch: RecordBatch | null, room: Room): void {
  if (batch === null) return;
  room.take(batch.nodesLength() + batch.buffersLength(), pairBytes);
  room.take(batch.variadicBufferCountsLength(), countBytes);
}

/** @param bytes of a Message. @throws Error where a list is longer than it can be */
export async function checkMessage(bytes: Uint8Array): Promise<void> {
  const { Message } = await import('apache-arrow/fb/message');
  const { MessageHeader } = await import('apache-arrow/fb/message-header');
  const message = Message.getRootAsMessage(new ByteBuffer(bytes));
  const room = new Room(bytes.length);
  room.take(message.customMetadataLength(), offsetBytes);
  switch (message.headerType()) {
    case MessageHeader.Schema:
      return takeSchema(message.header(new (await import('apache-arrow/fb/schema')).Schema()), room);
    case MessageHeader.RecordBatch:
      return takeBatch(
        message.header(new (await import('apache-arrow/fb/record-batch')).RecordBatch()),
        room,
      );
    case MessageHeader.DictionaryBatch: {
      const { DictionaryBatch } = await import('apache-arrow/fb/dictionary-batch');
      return takeBatch(
        (message.header(new DictionaryBatch()) as InstanceType<typeof DictionaryBatch> | null)?.data() ??
          null,
        room,
      );
    }
  }
}

/** @param bytes of a Footer. @throws Error where a list is longer than it can be */
export async function checkFooter(bytes: Uint8Array): Promise<void> {
  const { Footer } = await import('apache-arrow/fb/footer');
  const footer = Footer.getRootAsFooter(new ByteBuffer(bytes));
  const room = new Room(bytes.length);
  room.take(footer.dictionariesLength() + footer.recordBatchesLength(), blockBytes);
  room.take(footer.customMetadataLength(), offsetBytes);
  takeSchema(footer.schema(), room);
}
