/** Tells that somebody watches the answers, and gives what tells that they have stopped. */
export type Watch = () => () => void;
