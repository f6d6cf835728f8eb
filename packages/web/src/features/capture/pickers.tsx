import type { ReactNode } from 'react';
import { useRef } from 'react';
import { filesOfDrop, filesOfList } from '../../support/given-files.ts';
import type { GivenFile } from '../../worker/protocol.ts';

interface PickerOptions {
  readonly accept: string;
  readonly folder?: boolean;
  readonly multiple?: boolean;
  readonly onFiles: (files: readonly GivenFile[]) => void;
}

/** A hidden file input, and what opens it. */
export function usePicker({
  accept,
  folder = false,
  multiple = true,
  onFiles,
}: PickerOptions): readonly [input: ReactNode, open: () => void] {
  const input = useRef<HTMLInputElement>(null);
  const element = (
    <input
      ref={input}
      type="file"
      hidden
      tabIndex={-1}
      accept={folder ? undefined : accept}
      multiple={multiple}
      {...(folder ? { webkitdirectory: '' } : {})}
      onChange={(event) => {
        onFiles(filesOfList(event.target.files ?? []));
        // The same files may be chosen again.
        event.target.value = '';
      }}
    />
  );
  return [element, () => input.current?.click()];
}

/** Handlers for a place that files can be dropped on. `onOver` tells whether something hangs over it. */
export function dropTarget(onOver: (over: boolean) => void, onFiles: (files: readonly GivenFile[]) => void) {
  const hasFiles = (event: React.DragEvent) => event.dataTransfer.types.includes('Files');
  return {
    onDragOver: (event: React.DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      event.stopPropagation();
      onOver(true);
    },
    onDragLeave: (event: React.DragEvent) => {
      if (!event.currentTarget.contains(event.relatedTarget as Node | null)) onOver(false);
    },
    onDrop: (event: React.DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      event.stopPropagation();
      onOver(false);
      void filesOfDrop(event.dataTransfer).then(onFiles);
    },
  };
}
