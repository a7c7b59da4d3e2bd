import type { PsuTexts } from './psu-texts.js';

/** What a payment service user reads, in English. */
export const psuEn: PsuTexts = {
  scopes: {
    aisp: {
      title: 'See your accounts',
      meaning: 'The name, IBAN and balance of the accounts you choose, and their transactions of the last 90 days.',
    },
    extended_transaction_history: {
      title: 'See older transactions',
      meaning: 'Transactions of these accounts that are more than 90 days old.',
    },
    cbpii: {
      title: 'Ask whether an amount is available',
      meaning: 'We answer yes or no. We do not tell your balance.',
    },
    pisp: {
      title: 'Prepare payments',
      meaning: 'You confirm each payment here, one by one, before anything is paid.',
    },
  },
  request: {
    who: 'Who asks',
    application: 'Application: {application}',
    applicationUnnamed: 'The name of its application is not shown: we have not confirmed it.',
    logo: 'Logo of {application}',
    authorisation: 'Authorised under number {number}',
    what: 'For what',
    until: 'Until',
    refuse: 'Refuse',
    answers: 'Your answer',
    next: 'What happens next',
    problemTitle: 'Please check your answer',
    problemPrefix: 'Error: ',
    attemptsLeft: { one: '{count} attempt left.', other: '{count} attempts left.' },
  },
  signIn: {
    heading: '{tpp} asks for access to your accounts at {bank}',
    formHeading: 'Sign in to {bank} to answer',
    staysHere: 'What you type here stays at {bank}. {tpp} does not see it.',
    user: 'User name',
    password: 'Password',
    ifContinue:
      'If you continue, we check with a one-time code that it is you. Then you choose the accounts and decide. Nothing is shared before that.',
    ifRefuse: 'If you refuse, nothing is shared and you go back to {application}.',
    continue: 'Continue',
    problems: {
      'user-missing': 'Enter your user name',
      'password-missing': 'Enter your password',
      'credentials-wrong': 'The user name or the password is not right',
    },
    demoHeading: 'Demonstration: people you can be',
    demoText: 'These customers do not exist. Sign in as one of them.',
    demoColumns: { name: 'Name', user: 'User name', password: 'Password' },
  },
  secondFactor: {
    heading: 'Confirm that it is you',
    sent: 'We have sent a one-time code to {destination}.',
    about: 'This is about the access that {tpp} asks for, for its application {application}.',
    aboutUnnamed: 'This is about the access that {tpp} asks for.',
    code: 'One-time code',
    hint: 'The digits in the message we sent you',
    ifContinue: 'If you continue, you choose the accounts and decide. Nothing is shared before that.',
    ifRefuse: 'If you refuse, nothing is shared and you go back to {application}.',
    continue: 'Continue',
    phone: 'Look at the simulated phone',
    phoneText: 'This bank is simulated: the message is on a simulated phone.',
    problems: {
      'code-missing': 'Enter the one-time code',
      'code-wrong': 'The one-time code is not right',
      'code-expired': 'The one-time code is too old: use the new one we have sent',
    },
  },
  consent: {
    heading: 'Choose the accounts, then decide',
    legend: 'Accounts to share with {tpp}',
    hint: 'None is ticked in advance. Only the accounts that you tick are shared.',
    kinds: { CACC: 'Payment account', CARD: 'Card account' },
    balance: 'Balance',
    none: 'You have no account that can be shared.',
    ifAgree:
      'If you agree, {tpp} gets this access to the accounts you have ticked, until {until}. You go back to {application}.',
    ifRefuse: 'If you refuse, nothing is shared and you go back to {application}.',
    takeBack: 'You can take this access back at any time:',
    permissions: 'your permissions',
    agree: 'Agree',
    problems: { 'account-missing': 'Tick at least one account, or refuse' },
  },
  phone: {
    heading: 'Phone of {name}',
    simulated:
      'This phone is simulated, as the bank is. With a real bank, the messages below arrive on the customer’s own phone and are on no page.',
    messages: 'Messages',
    none: 'No message yet.',
    reload: 'Look for new messages',
  },
};
