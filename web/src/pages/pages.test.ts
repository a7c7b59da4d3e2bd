import { describe, expect, it } from 'vitest';
import { textsOf } from '../texts/texts-of.js';
import { sampleContext, samplePages } from './pages.sample.js';

const languages = ['fr', 'en'] as const;
const cases = languages.flatMap((lang) =>
  (['production', 'sandbox'] as const).flatMap((environment) =>
    [false, true].flatMap((demo) =>
      Object.entries(samplePages(sampleContext(lang, { environment, demo }))).map(([page, html]) => ({
        page,
        lang,
        environment,
        demo,
        html,
      })),
    ),
  ),
);

describe.each(cases)('$page in $lang, $environment, demo $demo', ({ page, lang, environment, demo, html }) => {
  it('is a whole document in its language', () => {
    expect(html).toMatch(new RegExp(`^<!doctype html>\\n<html lang="${lang}">`));
    expect(html.match(/<main id="main"/g)).toHaveLength(1);
    expect(html.match(/<h1/g)).toHaveLength(1);
    expect(html).toContain('class="skip" href="#main"');
  });

  it('has no script, no inline style and no event attribute', () => {
    expect(html).not.toMatch(/<script|<style|<iframe|<object|<embed|javascript:/i);
    expect(tagsOf(html).filter((tag) => /\s(style|on[a-z]+)\s*=/i.test(tag))).toEqual([]);
  });

  it('loads nothing but its style sheets and logos of our own origin', () => {
    expect(html.match(/<link [^>]*rel="stylesheet"[^>]*>/g)).toHaveLength(2);
    const sources = tagsOf(html).filter((tag) => /\ssrc\s*=/.test(tag));
    expect(sources).toHaveLength(page === 'consentWithLogo' ? 1 : 0);
    for (const tag of sources) expect(tag).toMatch(/^<img [^>]*src="\/a-bank\/logos\/[0-9a-f]+\.png"[^>]*>$/);
    expect(html).toContain('<link rel="icon" href="data:,"');
  });

  it('offers the same page in both languages', () => {
    expect(html).toMatch(/<a href="\/a-bank\/fr\/page" lang="fr"/);
    expect(html).toMatch(/<a href="\/a-bank\/en\/page" lang="en"/);
  });

  it('says when it is a demonstration or the sandbox, and only then', () => {
    const { demo: words, sandbox } = textsOf(lang).shell;
    const branded = page !== 'errorWithoutBrand' && !page.startsWith('console');
    const expected = demo
      ? words[branded ? environment : 'production']
      : environment === 'sandbox' && branded
        ? sandbox.text
        : undefined;
    if (expected === undefined) expect(html).not.toContain('class="notice"');
    else expect(html).toContain(expected);
  });

  it('skips no level of heading', () => {
    const levels = [...html.matchAll(/<h([1-6])/g)].map((match) => Number(match[1]));
    // An error summary stands above the first heading, as the first thing read.
    const ordered = levels[0] === 2 ? levels.slice(1) : levels;
    expect(ordered.filter((level, index) => level > (ordered[index - 1] ?? 0) + 1)).toEqual([]);
  });

  it('has unique ids, and every reference leads to one', () => {
    const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
    const referred = [...html.matchAll(/\s(?:for|aria-labelledby|aria-describedby)="([^"]+)"/g)].flatMap(
      (match) => match[1]?.split(' ') ?? [],
    );
    const linked = [...html.matchAll(/href="#([^"]+)"/g)].map((match) => match[1]);
    for (const id of [...referred, ...linked]) expect(ids).toContain(id);
  });

  it('labels every field', () => {
    const fields = tagsOf(html).filter((tag) => tag.startsWith('<input') && !tag.includes('type="hidden"'));
    for (const field of fields) {
      const id = /\sid="([^"]+)"/.exec(field)?.[1];
      expect(html).toContain(`<label for="${id}"`);
    }
  });
});

describe('the forms of an authorization', () => {
  const pages = samplePages(sampleContext('en'));
  const forms = ['signIn', 'signInAgain', 'secondFactor', 'secondFactorAgain', 'consent', 'consentAgain'] as const;

  it.each(forms)('%s posts to its action with its form token', (page) => {
    expect(pages[page]).toContain('<form method="post" action="/a-bank/oauth2/answer"');
    expect(pages[page]).toContain('<input type="hidden" name="form_token" value="token-of-the-form"');
  });

  it.each(forms)('%s offers two answers that differ in nothing but value and word', (page) => {
    const buttons = [...(pages[page] ?? '').matchAll(/<button ([^>]*)>([^<]+)<\/button>/g)].map((match) => match[1]);
    expect(buttons).toEqual([
      `type="submit" name="answer" value="${page.startsWith('consent') ? 'agree' : 'continue'}"`,
      'type="submit" name="answer" value="refuse"',
    ]);
  });

  it('tells the browser what each field is for', () => {
    expect(pages['signIn']).toMatch(/<input id="user" name="user"[^>]*autocomplete="username"/);
    expect(pages['signIn']).toMatch(
      /<input id="password" name="password"[^>]*autocomplete="current-password"[^>]*type="password"/,
    );
    expect(pages['secondFactor']).toMatch(
      /<input id="code" name="code"[^>]*autocomplete="one-time-code"[^>]*inputmode="numeric"/,
    );
  });

  it('never writes a password back', () => {
    expect(pages['signInAgain']).not.toMatch(/<input id="password"[^>]* value=/);
  });

  it('ticks no account that was not ticked', () => {
    expect(pages['consentAgain']).not.toMatch(/<input type="checkbox"[^>]*checked/);
    expect(pages['consent']).toMatch(/<input type="checkbox" id="account-0" name="account" value="a1" checked/);
    expect(pages['consent']).not.toMatch(/id="account-1"[^>]*checked/);
  });

  it('puts the register’s legal name before the name of the application', () => {
    for (const page of ['signIn', 'consent']) {
      const html = pages[page] ?? '';
      expect(html.indexOf('Comptes Clairs SAS')).toBeGreaterThan(0);
      expect(html.indexOf('Comptes Clairs SAS')).toBeLessThan(html.indexOf('Mes comptes'));
      expect(html).toContain('<time datetime="2027-05-21T07:46:00.000Z">21 May 2027 at 07:46\u00a0UTC</time>');
    }
  });

  it('puts the error summary on top, with a link to the field', () => {
    expect(pages['signInAgain']).toMatch(
      /<main[^>]*><section class="problem" role="alert"[^>]*>.*?<a href="#user">The user name or the password is not right<\/a>.*?1 attempt left\./s,
    );
    expect(pages['passwordMissing']).toContain('<a href="#password">');
    expect(pages['secondFactorAgain']).toContain('<a href="#code">');
    expect(pages['consentAgain']).toContain('<a href="#account-0">');
    expect(pages['signInAgain']).toContain('<title>Error: ');
  });
});

function tagsOf(html: string): string[] {
  return html.match(/<[a-z](?:[^>"]|"[^"]*")*>/gi) ?? [];
}
