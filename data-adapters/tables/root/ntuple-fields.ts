// The numbers that an RNTuple's fields hold, as columns: numbers, fixed arrays, collections of numbers or of records, and
// the number of elements of a collection; projected fields (other names of the same columns) too. The specification is
// ROOT's tree/ntuple/doc/BinaryFormatSpecification.md, 1.0.0.0.

export interface NTupleField {
  readonly parentFieldId: number;
  readonly fieldName: string;
  readonly typeName: string;
  readonly structRole: number;
  readonly arraySize: bigint | number | null;
}

export interface NTupleColumn {
  readonly coltype: number;
  readonly bitsOnStorage: number;
  readonly fieldId: number;
  readonly representationIndex: number;
  readonly minValue: number | null;
  readonly maxValue: number | null;
}

export interface NTuplePage {
  readonly numElements: bigint;
  readonly locator: { readonly size: number; readonly offset: bigint };
}

/** What jsroot reads from an RNTuple's header, footer and page list. */
export interface NTupleDescriptor {
  readonly fieldDescriptors: readonly NTupleField[];
  readonly columnDescriptors: readonly NTupleColumn[];
  readonly aliasColumns: readonly { readonly physicalColumnId: number; readonly fieldId: number }[];
  readonly clusterGroups: readonly unknown[];
  readonly clusterSummaries: readonly { readonly firstEntry: bigint; readonly numEntries: number }[];
  /** By cluster and column. */
  readonly pageLocations: readonly (readonly {
    readonly pages: readonly NTuplePage[];
    readonly isSuppressed: boolean;
  }[])[];
}

/** The numbers of one field. */
export interface FieldPlace {
  /** Column of the numbers; undefined for the length of a collection. */
  readonly values: number | undefined;
  /** Column that says where each entry's elements end, of a collection. */
  readonly ends: number | undefined;
  /** Numbers of each entry, or of each element of a collection. */
  readonly repeat: number;
}

export interface FieldColumn {
  readonly field: FieldPlace;
  readonly index: number;
}

export interface NTupleColumns {
  readonly columns: ReadonlyMap<string, FieldColumn>;
  readonly jagged: ReadonlyMap<string, FieldPlace>;
  readonly others: ReadonlyMap<string, string>;
}

/** Kinds of columns that hold text, raw bytes or the cases of a variant. */
const notNumbers = new Set([0x02, 0x10]);
const indexKinds = new Set([0x0e, 0x0f, 0x1a, 0x1b]);
const listedElements = 8;

/**
 * The columns of an RNTuple: a field of one number gives a column of its name (`record.member` within a record), a fixed
 * array of n gives `name[0]` ... `name[n-1]`, a collection gives `name[0]` ... `name[7]` and any `name[i]` on demand,
 * missing (NaN) where an entry has fewer.
 */
export function ntupleColumns(descriptor: NTupleDescriptor): NTupleColumns {
  const { fieldDescriptors: fields, columnDescriptors, aliasColumns } = descriptor;
  const columns = new Map<string, FieldColumn>();
  const jagged = new Map<string, FieldPlace>();
  const others = new Map<string, string>();
  const columnsOf = (id: number): number[] => {
    const own = [...columnDescriptors.keys()].filter(
      (place) =>
        columnDescriptors[place].fieldId === id && columnDescriptors[place].representationIndex === 0,
    );
    return [
      ...own,
      ...aliasColumns.filter(({ fieldId }) => fieldId === id).map(({ physicalColumnId }) => physicalColumnId),
    ];
  };
  const add = (name: string, field: FieldPlace): void => {
    if (field.ends !== undefined && field.values !== undefined) {
      jagged.set(name, field);
      for (let index = 0; index < listedElements; index++) columns.set(`${name}[${index}]`, { field, index });
    } else if (field.repeat === 1) columns.set(name, { field, index: 0 });
    else
      for (let index = 0; index < field.repeat; index++) columns.set(`${name}[${index}]`, { field, index });
  };
  const walk = (id: number, name: string, ends: number | undefined, repeat: number): void => {
    const { typeName, structRole, arraySize } = fields[id];
    const children = [...fields.keys()].filter((child) => child !== id && fields[child].parentFieldId === id);
    const own = columnsOf(id);
    const isIndex = own.length === 1 && indexKinds.has(columnDescriptors[own[0]]?.coltype);
    const size = Number(arraySize ?? 1);
    if (structRole === 1 && isIndex && ends === undefined && repeat === 1) {
      for (const child of children) walk(child, memberName(name, child), own[0], 1);
    } else if (own.length === 0 && children.length > 0 && structRole !== 1) {
      for (const child of children) walk(child, memberName(name, child), ends, repeat * size);
    } else if (typeName.startsWith('ROOT::RNTupleCardinality') && isIndex && ends === undefined) {
      add(name, { values: undefined, ends: own[0], repeat: 1 });
    } else if (
      own.length === 1 &&
      structRole === 0 &&
      !isIndex &&
      !notNumbers.has(columnDescriptors[own[0]].coltype)
    ) {
      add(name, { values: own[0], ends, repeat });
    } else others.set(name, typeName || 'no numbers');
  };
  /** Members that the format itself names `_0` are called by what holds them. */
  const memberName = (name: string, child: number): string =>
    /^_\d+$/.test(fields[child].fieldName) &&
    !/^std::(pair|tuple)/.test(fields[fields[child].parentFieldId].typeName)
      ? name
      : `${name}.${fields[child].fieldName}`;
  fields.forEach(({ parentFieldId, fieldName }, id) => {
    if (parentFieldId === id) walk(id, fieldName, undefined, 1);
  });
  return { columns, jagged, others };
}
