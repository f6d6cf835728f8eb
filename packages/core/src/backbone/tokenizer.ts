import { Tokenizer } from '@huggingface/tokenizers';
import { EngineError } from '../errors.ts';

/** A tokenizer.json with the special tokens around each text, and truncation. */
export class TextTokenizer {
  readonly maxTokens: number;
  readonly padId: number;
  readonly #tokenizer: Tokenizer;
  /** Special tokens before and after a text's own. */
  readonly #prefix: number;
  readonly #suffix: number;

  /**
   * @param tokenizer content of tokenizer.json
   * @param config content of tokenizer_config.json
   * @param maxTokens tokens kept of a text; the model's limit when left out
   */
  constructor(tokenizer: object, config: object, maxTokens: number) {
    this.#tokenizer = new Tokenizer(tokenizer, config);
    this.maxTokens = maxTokens;
    this.padId = padIdOf(this.#tokenizer, tokenizer, config);
    const whole: readonly number[] = this.#tokenizer.encode('a').ids;
    const bare: readonly number[] = this.#tokenizer.encode('a', { add_special_tokens: false }).ids;
    const at = whole.findIndex((_, start) => bare.every((id, index) => whole[start + index] === id));
    this.#prefix = Math.max(0, at);
    this.#suffix = whole.length - bare.length - this.#prefix;
    if (maxTokens <= this.#prefix + this.#suffix) {
      throw new EngineError('invalid-argument', 'too few tokens for a text', {
        where: 'maxTokens',
        expected: `more than the ${this.#prefix + this.#suffix} special tokens`,
        got: `${maxTokens}`,
      });
    }
  }

  /** Token ids of a text, special tokens included, at most `maxTokens`: what is too long loses its end. */
  encode(text: string): readonly number[] {
    const ids: readonly number[] = this.#tokenizer.encode(text).ids;
    if (ids.length <= this.maxTokens) return ids;
    return [...ids.slice(0, this.maxTokens - this.#suffix), ...(this.#suffix > 0 ? ids.slice(-this.#suffix) : [])];
  }
}

function padIdOf(tokenizer: Tokenizer, { padding }: { padding?: { pad_id?: number } | null }, config: { pad_token?: unknown }): number {
  const token =
    typeof config.pad_token === 'object' && config.pad_token !== null && 'content' in config.pad_token
      ? config.pad_token.content
      : config.pad_token;
  // Models without a padding token mask what stands there, so any id serves.
  return padding?.pad_id ?? (typeof token === 'string' ? tokenizer.token_to_id(token) : undefined) ?? 0;
}
