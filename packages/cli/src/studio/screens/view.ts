import type { Theme } from '../components/theme.ts';
import type { State } from '../model/state.ts';

/** What a screen is drawn from: the state, and the room between header and footer. */
export interface ScreenProps {
  readonly state: State;
  readonly t: Theme;
  readonly columns: number;
  readonly rows: number;
}

/** Props of a text in a colour, or in none. */
export function tint(colour: string | undefined): { readonly color?: string } {
  return colour === undefined ? {} : { color: colour };
}
