import type { Backend } from '@headstart/core';
import { type ReactNode, useId, useState } from 'react';
import { useMessages } from '../../support/messages.ts';
import type { BackboneChoice } from '../../worker/protocol.ts';
import { useController, useStudio } from '../use-studio.ts';
import { OtherBackbone } from './other-backbone.tsx';

/** The backbone, and behind a fold what most leave as it is. */
export function Settings(): ReactNode {
  const messages = useMessages();
  const controller = useController();
  const project = useStudio((state) => state.project);
  const known = useStudio((state) => state.backbones);
  const backend = useStudio((state) => state.backend);
  const busy = useStudio((state) => state.training !== undefined);
  const [other, setOther] = useState(false);
  const id = useId();
  if (!project) return null;
  const { head, backbone } = project;
  const change = (changes: Partial<typeof head>) => controller.changeSettings({ head: { ...head, ...changes } });
  const own: BackboneChoice = { name: backbone.name, title: backbone.name, licence: '', bytes: undefined };
  const backbones = known.some(({ name }) => name === backbone.name) ? known : [own, ...known];
  const chosen = backbones.find(({ name }) => name === backbone.name);
  const size = chosen?.bytes === undefined ? '' : messages.megabytes(chosen.bytes);
  return (
    <div className="settings">
      <label className="field" htmlFor={`${id}backbone`}>
        {messages.backbone}
      </label>
      <select
        id={`${id}backbone`}
        value={backbone.name}
        disabled={busy}
        aria-describedby={`${id}help`}
        onChange={(event) =>
          event.target.value === '' ? setOther(true) : controller.changeSettings({ backbone: { name: event.target.value } })
        }
      >
        {backbones.map(({ name }) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
        <option value="">{messages.otherBackbone}</option>
      </select>
      <OtherBackbone
        open={other}
        onClose={() => setOther(false)}
        onUse={(name) => {
          setOther(false);
          controller.changeSettings({ backbone: { name } });
        }}
      />
      <p className="hint" id={`${id}help`}>
        {[chosen && chosen.title !== chosen.name ? chosen.title : messages.backboneHelp, size, chosen?.licence].filter(Boolean).join(' · ')}
      </p>
      <details>
        <summary>{messages.settings}</summary>
        <div className="fields">
          <label htmlFor={`${id}share`}>{messages.testShare}</label>
          <select id={`${id}share`} value={head.testShare} onChange={(event) => change({ testShare: Number(event.target.value) })}>
            {[...new Set([0.1, 0.2, 0.3, 0.5, head.testShare])].sort().map((share) => (
              <option key={share} value={share}>
                {Math.round(share * 100)} %
              </option>
            ))}
          </select>
          <label htmlFor={`${id}l2`}>{messages.strength}</label>
          <select
            id={`${id}l2`}
            value={String(head.l2)}
            onChange={(event) => change({ l2: event.target.value === 'auto' ? 'auto' : Number(event.target.value) })}
          >
            <option value="auto">{messages.strengthAuto}</option>
            {[...new Set([0.001, 0.01, 0.1, 1, 10, ...(head.l2 === 'auto' ? [] : [head.l2])])]
              .sort((a, b) => a - b)
              .map((l2) => (
                <option key={l2} value={l2}>
                  {l2}
                </option>
              ))}
          </select>
          <label htmlFor={`${id}seed`}>{messages.seed}</label>
          <input
            id={`${id}seed`}
            type="number"
            min={0}
            step={1}
            value={head.seed}
            onChange={(event) => Number.isSafeInteger(event.target.valueAsNumber) && change({ seed: event.target.valueAsNumber })}
          />
          <label htmlFor={`${id}engine`}>{messages.engineChoice}</label>
          <select
            id={`${id}engine`}
            value={backend}
            disabled={busy}
            onChange={(event) => void controller.chooseEngine(event.target.value as Backend)}
          >
            {(['auto', 'webgpu', 'wasm'] as const).map((each) => (
              <option key={each} value={each}>
                {messages.engines[each]}
              </option>
            ))}
          </select>
          <label className="check wide">
            <input
              type="checkbox"
              checked={head.classWeights === 'balanced'}
              onChange={(event) => change({ classWeights: event.target.checked ? 'balanced' : 'none' })}
            />
            {messages.balanced}
          </label>
        </div>
      </details>
    </div>
  );
}
