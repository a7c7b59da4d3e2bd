/** An invented customer of the simulated bank. */
export interface DemoCustomer {
  readonly user: string;
  readonly password: string;
  readonly name: string;
  /** Last two digits of an invented phone number. */
  readonly phoneEnding: string;
  readonly accounts: readonly DemoAccount[];
}

export interface DemoAccount {
  readonly id: string;
  readonly kind: 'CACC' | 'CARD';
  readonly name: string;
  readonly product: string;
  readonly usage: 'PRIV' | 'ORGA';
  /** What the account holds at the beginning of each month, cents. */
  readonly base: number;
  /** The life that shows in its transactions. */
  readonly pattern: 'household' | 'savings' | 'business' | 'card';
  /** CARD only: `id` of the account that the card's sums are taken from. */
  readonly linkedTo?: string;
}

/** People who do not exist, in every simulated bank; their passwords are shown on its sign-in page. */
export const demoCustomers: readonly DemoCustomer[] = [
  {
    user: 'camille',
    password: 'camille-demo',
    name: 'Camille Aubrac',
    phoneEnding: '42',
    accounts: [
      account('daily', 'Compte courant Camille Aubrac', {
        product: 'Compte courant',
        base: 184_035,
        pattern: 'household',
      }),
      account('savings', 'Compte projet Camille Aubrac', {
        product: 'Compte courant',
        base: 962_000,
        pattern: 'savings',
      }),
      {
        id: 'card',
        kind: 'CARD',
        name: 'Carte Camille Aubrac',
        product: 'Carte à débit différé',
        usage: 'PRIV',
        base: 0,
        pattern: 'card',
        linkedTo: 'daily',
      },
    ],
  },
  {
    user: 'noam',
    password: 'noam-demo',
    name: 'Noam Estérel',
    phoneEnding: '17',
    accounts: [
      account('daily', 'Compte courant Noam Estérel', {
        product: 'Compte courant',
        base: 43_210,
        pattern: 'household',
      }),
    ],
  },
  {
    user: 'lucie',
    password: 'lucie-demo',
    name: 'Lucie Vercors',
    phoneEnding: '80',
    accounts: [
      account('daily', 'Compte courant Lucie Vercors', {
        product: 'Compte courant',
        base: 251_760,
        pattern: 'household',
      }),
      {
        ...account('business', 'Atelier Vercors', {
          product: 'Compte professionnel',
          base: 1_834_500,
          pattern: 'business',
        }),
        usage: 'ORGA',
      },
    ],
  },
];

function account(id: string, name: string, rest: Pick<DemoAccount, 'product' | 'base' | 'pattern'>): DemoAccount {
  return { id, kind: 'CACC', name, usage: 'PRIV', ...rest };
}
