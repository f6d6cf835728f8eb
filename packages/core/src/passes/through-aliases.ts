import type { Node } from '../ir/graph.ts';
import { opOf } from '../ops/registry.ts';
import type { GraphEdit } from './edit.ts';

/** What computes a value's bytes, and the aliases (reshapes) between, last first; nothing while anything else reads one of them. */
export function throughAliases(edit: GraphEdit, value: string): { readonly aliases: readonly Node[]; readonly producer: Node | undefined } {
  const aliases: Node[] = [];
  let producer = edit.soleProducer(value);
  while (producer && opOf(producer).alias) {
    aliases.push(producer);
    producer = edit.soleProducer(producer.inputs[0]);
  }
  return { aliases, producer };
}
