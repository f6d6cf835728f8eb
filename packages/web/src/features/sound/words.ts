import type { Messages } from '../../support/messages.ts';

const en = {
  holdToRecord: 'Hold to record',
  recording: (clips: number) => `Recording: clip ${clips + 1}`,
  tooShort: 'That was very short. Hold the button while it sounds.',
  series: 'Record a series',
  seriesOf: 'clips of',
  clips: 'Number of clips',
  seconds: 'Seconds a clip',
  second: (seconds: number) => `${seconds} s`,
  start: 'Start',
  stop: 'Stop',
  ready: (next: number, count: number) => `Get ready for ${next} of ${count}…`,
  now: (next: number, count: number) => `Now: ${next} of ${count}`,
  level: 'Input level',
  silent: 'Nothing is heard. Is the right microphone chosen, and not muted?',
  close: 'Close the microphone',
  starting: 'Starting the microphone…',
  denied: 'The microphone cannot be used: this page may not, or another program has it. Allow it in the address bar, then try again.',
  none: 'This device has no microphone that the browser can use.',
  insecure: 'Browsers give the microphone to secure pages only. Open this page over https, or as localhost.',
  choose: 'Microphone',
  startListening: 'Start the microphone',
  stopListening: 'Stop the microphone',
  listening: 'Listening. The answer is about the last moments.',
  file: 'File',
  chooseFile: 'Choose a sound…',
  drop: 'Drop, paste or choose a sound.',
  play: 'Play',
  stopPlaying: 'Stop',
  waveform: 'Waveform',
  playSample: (name: string) => `Play ${name}`,
};

export type SoundWords = typeof en;

const de: SoundWords = {
  holdToRecord: 'Zum Aufnehmen halten',
  recording: (clips) => `Aufnahme: Clip ${clips + 1}`,
  tooShort: 'Das war sehr kurz. Halte die Taste, solange es klingt.',
  series: 'Eine Reihe aufnehmen',
  seriesOf: 'Clips von',
  clips: 'Anzahl der Clips',
  seconds: 'Sekunden je Clip',
  second: (seconds) => `${seconds} s`,
  start: 'Start',
  stop: 'Stopp',
  ready: (next, count) => `Gleich: ${next} von ${count} …`,
  now: (next, count) => `Jetzt: ${next} von ${count}`,
  level: 'Eingangspegel',
  silent: 'Es ist nichts zu hören. Ist das richtige Mikrofon gewählt und nicht stumm?',
  close: 'Mikrofon schließen',
  starting: 'Das Mikrofon startet …',
  denied: 'Das Mikrofon ist gesperrt oder von einem anderen Programm belegt. Bitte in der Adressleiste erlauben und erneut versuchen.',
  none: 'Dieses Gerät hat kein Mikrofon, das der Browser nutzen kann.',
  insecure: 'Browser geben das Mikrofon nur sicheren Seiten. Bitte über https öffnen, oder als localhost.',
  choose: 'Mikrofon',
  startListening: 'Mikrofon starten',
  stopListening: 'Mikrofon stoppen',
  listening: 'Es hört zu. Die Antwort gilt den letzten Augenblicken.',
  file: 'Datei',
  chooseFile: 'Klang wählen …',
  drop: 'Einen Klang ablegen, einfügen oder wählen.',
  play: 'Abspielen',
  stopPlaying: 'Anhalten',
  waveform: 'Wellenform',
  playSample: (name) => `${name} abspielen`,
};

/** What is said about sounds, loaded with what shows them. */
export function soundWords({ tag }: Messages): SoundWords {
  return tag === 'de' ? de : en;
}
