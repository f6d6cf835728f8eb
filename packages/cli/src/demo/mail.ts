/** What a person reads of a mail: its subject and its text. */
export interface Mail {
  readonly subject: string;
  readonly text: string;
}

interface Entity {
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/**
 * Reads a raw mail (RFC 5322, MIME RFC 2045–2047). Of several parts it takes the plain text, else the HTML as text.
 * @param raw bytes as Latin-1 characters, as mail archives keep them
 */
export function readMail(raw: string): Mail {
  const entity = splitEntity(raw.replaceAll('\r\n', '\n').replace(/^From .*\n/, ''));
  return { subject: decodeWords(entity.headers.get('subject') ?? ''), text: textOf(entity) };
}

/**
 * A mail without what betrays its origin instead of its content: list tags in the subject, the lists' footers, signatures and
 * attribution lines, addresses and links. White space is folded.
 * @returns `subject. text`, at most `length` characters
 */
export function mailContent({ subject, text }: Mail, length: number): string {
  const title = subject.replace(/\[[^\]]*\]/g, ' ').replace(/^(\s*(re|fwd?|aw)\s*(\[\d+\])?:)+/i, ' ');
  const body = text
    .replace(/^-+BEGIN PGP SIGNED MESSAGE-+\n(Hash:.*\n)?/gim, '')
    .split(/\n(?:-- ?\n|_{10,}|-+ *Yahoo! Groups Sponsor|-{20,}\s*\n.*(?:mailing list|unsubscribe|sponsor))/i)[0] // signature, footer
    ?.replace(/^.{0,80}(wrote|writes|said):\s*$/gim, ' ')
    .replace(/^[>|].*$/gm, ' ') // quoted lines are another mail's words
    .replace(/^(URL|Date): .*$/gm, ' ') // what a news-to-mail gateway adds
    .replace(/\b(?:https?:\/\/|www\.)\S+/gi, ' ')
    .replace(/\S+@\S+/g, ' ');
  return `${title}. ${body ?? ''}`
    .replace(/\b(?:zzzz|yyyy)\w*/g, ' ')
    .replace(/[\s\u00a0]+/g, ' ')
    .replace(/([^\w\s])\1{3,}/g, '$1')
    .replace(/^[\s.]+/, '')
    .trim()
    .slice(0, length);
}

function splitEntity(raw: string): Entity {
  const gap = raw.startsWith('\n') ? 0 : raw.search(/\n\n/);
  const head = gap < 0 ? raw : raw.slice(0, gap);
  const headers = new Map<string, string>();
  for (const line of head.replace(/\n[ \t]+/g, ' ').split('\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  return { headers, body: gap < 0 ? '' : raw.slice(gap).replace(/^\n+/, '') };
}

function textOf({ headers, body }: Entity): string {
  const type = headers.get('content-type') ?? 'text/plain';
  const boundary = /^multipart\//i.test(type) ? /boundary="?([^";]+)"?/i.exec(type)?.[1] : undefined;
  if (boundary) {
    const parts = body
      .split(`--${boundary}`)
      .slice(1)
      .map((part) => splitEntity(part.replace(/^\n/, '')));
    const plain = parts.find((part) => /^text\/plain/i.test(part.headers.get('content-type') ?? 'text/plain') && part.body.trim() !== '');
    const best = plain ?? parts.find((part) => /^(text\/html|multipart\/)/i.test(part.headers.get('content-type') ?? ''));
    return best ? textOf(best) : '';
  }
  if (!/^text\//i.test(type)) return '';
  const text = decodeBytes(body, headers.get('content-transfer-encoding') ?? '', /charset="?([^";\s]+)/i.exec(type)?.[1]);
  return /^text\/html/i.test(type) || /<html|<body|<table/i.test(text) ? htmlText(text) : text;
}

function decodeBytes(body: string, encoding: string, charset = 'latin1'): string {
  if (/base64/i.test(encoding)) return decodeCharset(Buffer.from(body, 'base64'), charset);
  if (/quoted-printable/i.test(encoding)) return decodeCharset(quotedPrintable(body), charset);
  return decodeCharset(Buffer.from(body, 'latin1'), charset);
}

function quotedPrintable(text: string): Buffer {
  return Buffer.from(
    text.replace(/=\n/g, '').replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );
}

function decodeCharset(bytes: Buffer, charset: string): string {
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    // Names that no standard knows, as spam has them.
    return new TextDecoder('latin1').decode(bytes);
  }
}

/** Encoded words in headers, RFC 2047: =?charset?B?…?= and =?charset?Q?…?=. */
function decodeWords(text: string): string {
  return text.replace(/=\?([^?]+)\?([bq])\?([^?]*)\?=(\s+(?==\?))?/gi, (_, charset: string, encoding: string, word: string) =>
    decodeCharset(encoding.toLowerCase() === 'b' ? Buffer.from(word, 'base64') : quotedPrintable(word.replaceAll('_', ' ')), charset),
  );
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

function htmlText(html: string): string {
  return html
    .replace(/<!--.*?(-->|$)|<(script|style|head)\b.*?<\/\2\s*>/gis, ' ')
    .replace(/<\/?(b|i|u|em|strong|font|span|a)\b[^>]*>/gi, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(#x?[0-9a-f]+|\w+);/gi, (whole, name: string) => {
      if (!name.startsWith('#')) return entities[name.toLowerCase()] ?? ' ';
      const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
      return code > 0 && code < 0x110000 ? String.fromCodePoint(code) : whole;
    });
}
