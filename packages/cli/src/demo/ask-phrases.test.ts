import { expect, test } from 'vitest';
import { reporterFor } from '../plain.ts';
import { fakeIo } from '../testing.ts';
import { askPhrases } from './ask-phrases.ts';
import { defaultPhrases } from './phrases.ts';

/** Asks with these answers; undefined is the end of input. */
async function asked(...answers: readonly (string | undefined)[]) {
  const questions: string[] = [];
  const left = [...answers];
  const controller = new AbortController();
  const io = {
    ...fakeIo(),
    ask: async (question: string) => {
      questions.push(question);
      const answer = left.shift();
      if (answer === '^C') controller.abort();
      return answer;
    },
  };
  const phrases = await askPhrases({ io, report: reporterFor(io, false), signal: controller.signal });
  return { phrases, questions, said: io.err() };
}

test('Enter takes what is suggested; what is typed is tidied', async () => {
  const { phrases, questions, said } = await asked('', '  good   night ', '');
  expect(phrases).toEqual(['lights on', 'good night', 'play some music']);
  expect(questions).toEqual(['  1 [lights on] › ', '  2 [lights off] › ', '  3 [play some music] › ']);
  expect(said).toBe('Which three phrases shall it listen for? Enter takes the one in brackets.\n');
});

test('what cannot be told apart is said, and asked again', async () => {
  const { phrases, questions, said } = await asked('hello you', 'Hello you', '?!', 'Something else', 'lights off', '');
  expect(phrases).toEqual(['hello you', 'lights off', 'play some music']);
  expect(questions).toHaveLength(6);
  expect(said).toContain('“Hello you” is there already.');
  expect(said).toContain('A phrase has words');
  expect(said).toContain('is what everything else is called');
});

test('a default that is taken is not suggested again', async () => {
  const { phrases, questions } = await asked('play some music', '', '');
  expect(phrases).toEqual(['play some music', 'lights off', 'lights on']);
  expect(questions[2]).toContain('[lights on]');
});

test('the end of input takes the rest, Ctrl-C stops', async () => {
  expect((await asked(undefined)).phrases).toEqual(defaultPhrases);
  await expect(asked('hello', '^C')).rejects.toThrow('the demo was stopped');
});

test('where nobody can be asked, the defaults are taken', async () => {
  const io = fakeIo();
  expect(await askPhrases({ io, report: reporterFor(io, false), signal: new AbortController().signal })).toEqual(defaultPhrases);
  expect(io.err()).toBe('');
});
