import { expect, test } from 'vitest';
import { mailContent, readMail } from './mail.ts';

const plain = `From someone@example.org  Thu Aug 22 14:23:39 2002
Received: from a
\tby b
Subject: Re: [Tools] New
 release
List-Id: tools

Anne wrote:
> old words
It works now, see http://example.org/x or ask a@example.org.

-- \nBob
_______________________________________________
Tools mailing list`;

test('takes the subject and the text; of the headers nothing else', () => {
  const mail = readMail(plain);
  expect(mail.subject).toBe('Re: [Tools] New release');
  expect(mail.text).toContain('It works now');
  expect(mail.text).not.toContain('List-Id');
});

test('content has no list tag, quotation, link, address, signature or footer', () => {
  expect(mailContent(readMail(plain), 500)).toBe('New release. It works now, see or ask');
});

test('content is cut to a length', () => {
  expect(mailContent({ subject: 'a', text: 'b'.repeat(1000) }, 50)).toHaveLength(50);
});

test('reads encoded words, quoted-printable and charsets', () => {
  const mail = readMail(
    'Subject: =?iso-8859-1?Q?Gr=FC=DFe_aus?= =?utf-8?B?S8O2bG4=?=\nContent-Type: text/plain; charset="utf-8"\nContent-Transfer-Encoding: quoted-printable\n\nsch=C3=B6n=\n er',
  );
  expect(mail).toEqual({ subject: 'Grüße ausKöln', text: 'schön er' });
});

test('of a multipart mail it reads the plain part, else the HTML as text', () => {
  const part = (type: string, text: string) => `--xyz\nContent-Type: ${type}\n\n${text}\n`;
  const mail = (...parts: string[]) =>
    readMail(`Subject: s\nContent-Type: multipart/alternative; boundary="xyz"\n\n${parts.join('')}--xyz--\n`).text.trim();
  expect(mail(part('text/html', '<p>rich</p>'), part('text/plain', 'simple'))).toBe('simple');
  expect(mail(part('text/html', '<style>p{}</style><p>Free <b>m</b>oney &amp; &#101;ase</p><!-- x -->'))).toBe('Free money & ease');
  expect(mail(part('application/zip', 'PK'))).toBe('');
});

test.each([
  '',
  'no headers',
  '\n\n',
  'Content-Type: multipart/mixed; boundary="a"\n\n',
  'Content-Type: text/plain; charset="klingon"\n\nnuq',
])('does not fail on %j', (raw) => expect(typeof mailContent(readMail(raw), 100)).toBe('string'));
