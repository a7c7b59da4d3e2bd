import type { Lang } from '../page-context.js';
import { curlSamples } from '../samples/curl-samples.js';
import { javaSamples } from '../samples/java-samples.js';
import type { SampleFacts } from '../samples/sample-facts.js';
import { typescriptSamples } from '../samples/typescript-samples.js';
import { textsOf } from '../texts/texts-of.js';
import type { JourneyExhibit, JourneyStepName, JourneyStepReport } from '../views/journey-view.js';
import { CodeExample } from './code-example.js';
import { Prose } from './prose.js';

const samples = { curl: curlSamples, typescript: typescriptSamples, java: javaSamples } as const;
const marks = { held: ['✓', 'pass'], failed: ['✕', 'fail'], 'not-run': ['–', 'not-applicable'] } as const;

interface JourneyStepProps {
  readonly position: number;
  readonly name: JourneyStepName;
  readonly report: JourneyStepReport | undefined;
  readonly facts: SampleFacts;
  readonly lang: Lang;
}

/** One step: what it is, how it went, what was sent and answered, and the code in each language. */
export function JourneyStep({ position, name, report, facts, lang }: JourneyStepProps) {
  const words = textsOf(lang).journey;
  const { title, text } = words.steps[name];
  return (
    <li id={`step-${name}`}>
      <h3>{`${position}. ${title}`}</h3>
      <p>
        <Prose text={text} />
      </p>
      {report !== undefined && (
        <p class={`outcome outcome-${marks[report.state][1]}`}>
          <span class="sign" aria-hidden="true">
            {marks[report.state][0]}
          </span>
          {words.states[report.state]}
        </p>
      )}
      {report?.exhibits.map((exhibit, index) => (
        <Exhibit key={index} exhibit={exhibit} place={`${title}, ${index + 1}`} lang={lang} />
      ))}
      {(['curl', 'typescript', 'java'] as const).map((language) => (
        <details key={language}>
          <summary>{words.languages[language]}</summary>
          <CodeExample
            title={words.code}
            label={`${words.languages[language]}, ${title}`}
            text={samples[language][name](facts)}
          />
        </details>
      ))}
    </li>
  );
}

interface ExhibitProps {
  readonly exhibit: JourneyExhibit;
  /** So that two regions of a page are told apart. */
  readonly place: string;
  readonly lang: Lang;
}

function Exhibit({ exhibit, place, lang }: ExhibitProps) {
  const words = textsOf(lang).journey;
  const example = (title: string, text: string) => (
    <CodeExample title={title} label={`${title}, ${place}`} text={text} />
  );
  if ('text' in exhibit) return example(words.exhibits[exhibit.kind], exhibit.text);
  return (
    <>
      {exhibit.kind === 'called' && <p class="hint">{words.called}</p>}
      <div class="exchange">
        {example(words.request, exhibit.request)}
        {example(words.answer, exhibit.answer)}
      </div>
    </>
  );
}
