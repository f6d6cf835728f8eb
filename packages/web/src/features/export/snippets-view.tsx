import { Tabs } from '@base-ui/react/tabs';
import { type ReactNode, useState } from 'react';
import { useMessages } from '../../support/messages.ts';
import { Button } from '../../ui/button.tsx';
import type { ModelInfo } from '../../worker/protocol.ts';
import { snippets } from './snippets.ts';

/** Code that runs the model elsewhere, to copy. */
export default function SnippetsView({ model }: { readonly model: ModelInfo }): ReactNode {
  const messages = useMessages();
  const codes = snippets(model);
  return (
    <Tabs.Root defaultValue="browser" className="tabs">
      <Tabs.List className="tab-list" aria-label={messages.codeTitle}>
        {(['browser', 'node', 'python'] as const).map((kind) => (
          <Tabs.Tab key={kind} className="tab" value={kind}>
            {messages.codeTabs[kind]}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {(['browser', 'node', 'python'] as const).map((kind) => (
        <Tabs.Panel key={kind} value={kind} className="tab-panel">
          <Code text={codes[kind]} />
        </Tabs.Panel>
      ))}
    </Tabs.Root>
  );
}

function Code({ text }: { readonly text: string }): ReactNode {
  const messages = useMessages();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), 2000);
  };
  return (
    <div className="code">
      <Button onClick={() => void copy().catch(() => undefined)}>{copied ? messages.copied : messages.copy}</Button>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <pre tabIndex={0}>
        <code>{text}</code>
      </pre>
    </div>
  );
}
