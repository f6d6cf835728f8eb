import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import type { DrawnPicture } from './pictures.ts';

/** What a person does with the studio, by what they see. */
export class StudioPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Waits until samples can be added. */
  async ready(): Promise<void> {
    await this.page.getByRole('heading', { name: 'Samples' }).waitFor();
  }

  classCard(name: string): Locator {
    return this.page.getByRole('region', { name, exact: true });
  }

  async nameClasses(...names: readonly string[]): Promise<void> {
    const fields = this.page.getByRole('textbox', { name: 'Class name' });
    for (const [index, name] of names.entries()) {
      if (index >= (await fields.count())) {
        await this.page.getByRole('button', { name: 'Add a class' }).click();
        await fields.nth(index).waitFor();
      }
      await fields.nth(index).fill(name);
      await fields.nth(index).press('Enter');
      await this.classCard(name).waitFor();
    }
  }

  /** Adds pictures to a class by its file picker, and waits until all are counted. */
  async addPictures(name: string, pictures: readonly DrawnPicture[], expected = pictures.length): Promise<void> {
    await this.choose(this.classCard(name).getByRole('button', { name: 'Add files' }), pictures);
    await this.waitForCount(name, expected);
  }

  async waitForCount(name: string, count: number): Promise<void> {
    const words = `${count.toLocaleString('en')} sample${count === 1 ? '' : 's'}`;
    await this.classCard(name).getByText(words, { exact: true }).waitFor();
  }

  /** Answers the file picker that a control opens. */
  async choose(control: Locator, files: readonly DrawnPicture[] | string): Promise<void> {
    const opened = this.page.waitForEvent('filechooser');
    await control.click();
    await (await opened).setFiles(typeof files === 'string' ? files : [...files]);
  }

  /** Trains, and gives the accuracy as it is shown. */
  async train(): Promise<string> {
    await this.page.getByRole('button', { name: /^Train/ }).click();
    await this.page.getByRole('button', { name: 'Details' }).waitFor();
    return (await this.page.locator('.score strong').textContent()) ?? '';
  }

  /** Takes a file away by a button, or by an entry of the project menu. */
  async download(control: Locator): Promise<{ readonly name: string; readonly bytes: Buffer }> {
    const started = this.page.waitForEvent('download');
    await control.click();
    const download = await started;
    return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
  }

  exportButton(title: string): Locator {
    return this.page.locator('.export', { has: this.page.getByText(title, { exact: true }) });
  }

  async menu(entry: string | RegExp): Promise<Locator> {
    await this.page.getByRole('button', { name: 'Project menu' }).click();
    return this.page.getByRole('menuitem', { name: entry });
  }

  /** Chooses a picture to classify, and gives the answer. */
  async classify(picture: DrawnPicture): Promise<string> {
    await this.choose(this.page.getByRole('button', { name: 'Choose a picture' }), [picture]);
    return this.answer();
  }

  /** The answer, once the probabilities are there. */
  async answer(): Promise<string> {
    await this.page.locator('.bars .likely').waitFor();
    return (await this.page.locator('.bars .likely .bar-label').textContent()) ?? '';
  }
}

/** Addresses beyond the page's own origin. */
export function strangers(requests: readonly string[], origin: string): readonly string[] {
  return requests.filter((url) => !url.startsWith(`${origin}/`) && !url.startsWith(`blob:${origin}/`) && !url.startsWith('data:'));
}
