import { useEffect, useState } from 'react';
import { type Findings, findOut } from './findings.ts';

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
      <h1>Headstart</h1>
      <p>A pretrained model and a few labelled examples in, a model of your own out, without anything leaving this machine.</p>
      <dl aria-live="polite">
        <dt>Graphics adapter</dt>
        <dd>{findings ? (findings.adapter ?? 'none: this browser offers no WebGPU adapter') : 'looking…'}</dd>
        <dt>A product of two matrices on it</dt>
        <dd>{findings?.check ?? 'waiting…'}</dd>
      </dl>
      <h2>What is here</h2>
      <p>
        This page checks that the engine computes rightly in your browser. Collecting pictures, training and export are not in the browser
        yet; the command line has them: <code>headstart train ./photos</code>.
      </p>
    </main>
  );
}
