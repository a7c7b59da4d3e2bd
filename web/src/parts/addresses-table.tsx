import type { Texts } from '../texts/texts.js';
import type { EnvironmentAddresses } from '../views/environment-addresses.js';
import { Prose } from './prose.js';
import { Table } from './table.js';

const order = [
  'registrations',
  'authorization',
  'token',
  'api',
  'certificateCheck',
  'metadata',
  'jwks',
  'issuer',
] as const;

/** Every address of one environment. */
export function AddressesTable({
  addresses,
  texts,
}: {
  readonly addresses: EnvironmentAddresses;
  readonly texts: Texts;
}) {
  const words = texts.addresses;
  const environment = texts.shell.environment[addresses.environment];
  return (
    <Table
      caption={<Prose text={words.caption} values={{ environment }} />}
      columns={[words.purpose, words.address]}
      rows={order
        .filter((name) => addresses[name] !== undefined)
        .map((name) => [
          <Prose key="purpose" text={words[name]} />,
          <code key="address" class="address">
            {addresses[name]}
          </code>,
        ])}
    />
  );
}
