import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPage } from './read-page.js';

describe('readPage', () => {
  it('reads a form with its fields, buttons and what is ticked', () => {
    const { forms } = readPage(`
      <form method="post" action="/sign?a=1&amp;b=2">
        <input type="hidden" name="form_token" value="t&quot;1">
        <label>User <input name="user" autocomplete=username /></label>
        <input type="checkbox" name="account" value="a1" checked><input type=checkbox name=account value=a2>
        <input name="off" disabled value="x">
        <textarea name="note">  hello
        there </textarea>
        <button name="answer" value="agree">Agree</button><button name="answer" value="refuse">Refuse</button>
      </form>
      <input name="outside">`);
    expect(forms).toEqual([
      {
        action: '/sign?a=1&b=2',
        method: 'post',
        fields: [
          { name: 'form_token', type: 'hidden', value: 't"1', checked: false },
          { name: 'user', type: 'text', value: '', checked: false },
          { name: 'account', type: 'checkbox', value: 'a1', checked: true },
          { name: 'account', type: 'checkbox', value: 'a2', checked: false },
          { name: 'note', type: 'text', value: 'hello there', checked: false },
          { name: 'answer', type: 'submit', value: 'agree', checked: false },
          { name: 'answer', type: 'submit', value: 'refuse', checked: false },
        ],
      },
    ]);
  });

  it('reads links, and code elements with the text inside them', () => {
    const page = readPage(
      '<a href="/phone?x=1&amp;y">P</a><code>h&eacute;<i>llo</i> &#233;&#xe9; &amp;lt;</code><code>a<code>b</code>c</code>',
    );
    expect(page.links[0]?.href).toBe('/phone?x=1&y');
    expect(page.codes).toEqual(['h&eacute; llo éé &lt;', 'a b c', 'b']);
  });

  it('reads nothing in scripts, styles and comments', () => {
    const page = readPage('<script>"<form>"</script><style>a{}</style><!-- <form><input name=x></form> -->text');
    expect(page).toEqual({ forms: [], links: [], codes: [], text: 'text' });
  });

  it('reads any text', () => {
    const piece = fc.constantFrom(
      '<',
      '>',
      '"',
      "'",
      '=',
      '/',
      ' ',
      'form',
      'input',
      'name',
      'code',
      '&',
      '#',
      '1',
      ';',
      '<!--',
      '-->',
      '<script>',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string())), (pieces) => {
        expect(readPage(pieces.join('')).text).toBeTypeOf('string');
      }),
    );
  });
});
