// Writes a recorded graph anew with some of its nodes replaced. The graph that was recorded stays as it is.
import { orderedNodes } from './model.ts';
import { type Node, recordNode, type Value, withOrigin } from './value.ts';

/**
 * Answers what stands in for a node, one value for each of its outputs, or undefined where it stays. The node's inputs are
 * those of the new graph; `recorded` is the same node with the inputs that it was recorded with, and `now` tells what stands
 * for a recorded value that came before.
 */
export type Rule = (node: Node, recorded: Node, now: (value: Value) => Value) => readonly Value[] | undefined;

/**
 * The graph that computes `outputs`, with each node as the first rule that has an answer wants it.
 *
 * @param outputs graph outputs by name
 * @returns the outputs of the new graph by the same names; values that no rule touched are the same objects
 */
export function rewrite(
  outputs: Readonly<Record<string, Value>>,
  rules: readonly Rule[],
): Record<string, Value> {
  const replaced = new Map<Value, Value>();
  const now = (value: Value): Value => replaced.get(value) ?? value;
  for (const node of orderedNodes(Object.values(outputs))) {
    const inputs = node.inputs.map((value) => value && now(value));
    const changed = inputs.some((value, i) => value !== node.inputs[i]);
    const present = { ...node, inputs };
    withOrigin(node.origin, () => {
      const instead =
        firstAnswer(rules, present, node, now) ??
        (changed ? recordNode(node.op, inputs, node.attributes, node.outputs) : []);
      instead.forEach((value, i) => {
        replaced.set(node.outputs[i], value);
      });
    });
  }
  return Object.fromEntries(Object.entries(outputs).map(([key, value]) => [key, now(value)]));
}

function firstAnswer(rules: readonly Rule[], ...given: Parameters<Rule>): readonly Value[] | undefined {
  for (const rule of rules) {
    const answer = rule(...given);
    if (answer) return answer;
  }
  return undefined;
}
