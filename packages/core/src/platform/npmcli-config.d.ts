/** npm's reader of .npmrc files and npm_config_ variables; it ships no types. */
declare module '@npmcli/config' {
  export default class Config {
    constructor(options: {
      npmPath: string;
      definitions: object;
      shorthands: object;
      flatten: object;
      argv: readonly string[];
      env: NodeJS.ProcessEnv;
      warn: boolean;
    });
    load(): Promise<void>;
    readonly flat: Record<string, unknown>;
  }
}

declare module '@npmcli/config/lib/definitions/index.js' {
  const exported: { readonly definitions: object; readonly shorthands: object; readonly flatten: object };
  export default exported;
}
