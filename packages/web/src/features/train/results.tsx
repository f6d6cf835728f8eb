import type { Metrics } from '@headstart/core';
import { type CSSProperties, type ReactNode, useState } from 'react';
import { percent, useMessages } from '../../support/messages.ts';
import { Button } from '../../ui/button.tsx';
import type { HeldOut, ModelInfo } from '../../worker/protocol.ts';
import { MistakeList } from './mistakes.tsx';

interface Cell {
  readonly truth: number;
  readonly answer: number;
}

/** What the held-out samples say: the confusion matrix to click into, and numbers for each class. */
export default function Results({ model, metrics }: { readonly model: ModelInfo; readonly metrics: Metrics }): ReactNode {
  const messages = useMessages();
  const [cell, setCell] = useState<Cell>();
  const { labels } = metrics;
  if (cell) {
    const inside = ({ truth, predicted }: HeldOut) => truth === cell.truth && predicted === cell.answer;
    const samples = model.heldOut.filter(inside).toSorted((a, b) => b.confidence - a.confidence);
    const title = messages.confusionCell(samples.length, labels[cell.truth] ?? '', labels[cell.answer] ?? '');
    return (
      <div className="mistakes">
        <div className="row">
          <Button onClick={() => setCell(undefined)}>{messages.back}</Button>
          <h3>{title}</h3>
        </div>
        <MistakeList samples={samples} labels={labels} />
      </div>
    );
  }
  return (
    <div className="results">
      <div className="result">
        <h3>{messages.confusion}</h3>
        <p className="hint">{messages.confusionHelp}</p>
        <Confusion metrics={metrics} onCell={setCell} />
      </div>
      <div className="result">
        <h3>{messages.perClass}</h3>
        <Scroll label={messages.perClass}>
          <table className="numbers">
            <thead>
              <tr>
                {[messages.columnClass, messages.precision, messages.recall, messages.f1, messages.support].map((name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {metrics.perClass.map(({ label, precision, recall, f1, support }) => (
                <tr key={label}>
                  <th scope="row">{label}</th>
                  <td>{percent(messages, precision)}</td>
                  <td>{percent(messages, recall)}</td>
                  <td>{f1.toFixed(3)}</td>
                  <td>{support}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
        <p className="hint">
          {messages.macroF1} {metrics.macroF1.toFixed(3)} · {messages.logLoss} {metrics.logLoss.toFixed(3)} · {messages.strengthChosen}{' '}
          {model.training.l2.toPrecision(2)}
        </p>
      </div>
      {(model.findings.length > 0 || model.notes.length > 0) && (
        <div className="result">
          <h3>{messages.findings}</h3>
          <ul className="findings">
            {model.findings.map(({ message }) => (
              <li key={message}>{message}</li>
            ))}
            {model.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}

function Confusion({ metrics, onCell }: { readonly metrics: Metrics; readonly onCell: (cell: Cell) => void }): ReactNode {
  const messages = useMessages();
  const { labels, confusion } = metrics;
  return (
    <Scroll label={messages.confusion}>
      <table className="confusion">
        <thead>
          <tr>
            <td />
            {labels.map((label) => (
              <th key={label} scope="col" title={label}>
                <span>{label}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {confusion.map((row, truth) => {
            const total = row.reduce((sum, count) => sum + count, 0);
            return (
              <tr key={labels[truth]}>
                <th scope="row" title={labels[truth]}>
                  <span>{labels[truth]}</span>
                </th>
                {row.map((count, answer) => (
                  <td
                    key={labels[answer]}
                    className={answer === truth ? 'right' : 'wrong'}
                    style={{ '--share': total > 0 ? count / total : 0 } as CSSProperties}
                  >
                    <button
                      type="button"
                      disabled={count === 0}
                      aria-label={messages.confusionCell(count, labels[truth] ?? '', labels[answer] ?? '')}
                      onClick={() => onCell({ truth, answer })}
                    >
                      {count === 0 ? '·' : count}
                    </button>
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </Scroll>
  );
}

/** What may be wider than the dialog: reachable and scrolled by keyboard too. */
function Scroll({ label, children }: { readonly label: string; readonly children: ReactNode }): ReactNode {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section className="scroll" tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}
