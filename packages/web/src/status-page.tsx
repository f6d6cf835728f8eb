import { useEffect, useState } from 'react';
import { type Finding, type Findings, findOut } from './findings.ts';
import icon from './icon.svg';

const rows: readonly (readonly [key: keyof Findings, title: string])[] = [
  ['adapter', 'Graphics adapter'],
  ['check', 'A product of two matrices on it'],
  ['engine', 'Engine that work would run on'],
];

/** What this browser can do for Headstart, found out by doing it. */
export function StatusPage() {
  const [findings, setFindings] = useState<Findings>();
  useEffect(() => {
    let shown = true;
    void findOut().then((found) => {
      if (shown) setFindings(found);
    });
    return () => {
      shown = false;
    };
  }, []);
  return (
    <main>
      <header>
        <img src={icon} alt="" width="40" height="40" />
        <h1>Headstart</h1>
      </header>
      <p className="lead">A pretrained model and a few labelled examples in, a model of your own out, and nothing leaves this machine.</p>
      <h2>This browser</h2>
      <dl aria-live="polite" aria-busy={!findings}>
        {rows.map(([key, title]) => (
          <Row key={key} title={title} finding={findings?.[key]} />
        ))}
      </dl>
      <h2>What is here</h2>
      <p>
        This page checks that the engine computes rightly in your browser. Collecting pictures, training and export are not here yet; the
        command line has them:
      </p>
      <pre>
        <code>headstart train ./photos</code>
      </pre>
    </main>
  );
}

function Row({ title, finding }: { readonly title: string; readonly finding: Finding | undefined }) {
  return (
    <div className="row" data-state={finding?.state ?? 'waiting'}>
      <dt>{title}</dt>
      <dd>{finding?.text ?? 'looking…'}</dd>
    </div>
  );
}
