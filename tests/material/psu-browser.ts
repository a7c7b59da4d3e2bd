/** One request of a browser, and its answer, whatever carries them. */
export interface BrowserRequest {
  readonly method: 'GET' | 'POST';
  /** Path and query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface BrowserAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

export type Carry = (request: BrowserRequest) => Promise<BrowserAnswer>;

export type FormFields = Readonly<Record<string, string | readonly string[]>>;

/** A browser as far as the authorization pages need one: cookies and forms, no script, no redirection followed. */
export interface PsuBrowser {
  /** Name → value. */
  readonly cookies: Map<string, string>;
  get(target: string, headers?: Readonly<Record<string, string>>): Promise<BrowserAnswer>;
  post(target: string, form: FormFields, headers?: Readonly<Record<string, string>>): Promise<BrowserAnswer>;
}

export function createPsuBrowser(carry: Carry): PsuBrowser {
  const cookies = new Map<string, string>();
  const send = async (request: BrowserRequest): Promise<BrowserAnswer> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await carry({ ...request, headers: { ...(cookie === '' ? {} : { cookie }), ...request.headers } });
    for (const line of [answer.headers['set-cookie'] ?? []].flat()) {
      const [pair = ''] = line.split(';');
      cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    return answer;
  };
  return {
    cookies,
    get: (target, headers = {}) => send({ method: 'GET', target, headers }),
    post: (target, form, headers = {}) =>
      send({
        method: 'POST',
        target,
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
        body: encodeForm(form),
      }),
  };
}

/** The hidden token of the form on a page. */
export function formTokenOf(page: BrowserAnswer): string {
  return /name="form_token" value="([^"]+)"/.exec(page.body)?.[1] ?? '';
}

/** The values of the checkboxes on the consent page. */
export function accountsOf(page: BrowserAnswer): readonly string[] {
  const boxes = page.body.match(/<input[^>]*name="account"[^>]*>/g) ?? [];
  return boxes.map((box) => /value="([^"]+)"/.exec(box)?.[1] ?? '');
}

/** The one-time codes on the phone page, newest first. */
export function codesOf(page: BrowserAnswer): readonly string[] {
  return (page.body.match(/\b\d{6}\b/g) ?? []).map(String);
}

export function locationOf(answer: BrowserAnswer): string {
  const { location } = answer.headers;
  return typeof location === 'string' ? location : '';
}

function encodeForm(form: FormFields): string {
  const pairs = Object.entries(form).flatMap(([name, values]) =>
    [values].flat().map((value) => [name, value] as [string, string]),
  );
  return new URLSearchParams(pairs).toString();
}
