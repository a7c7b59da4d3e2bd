/** The roles that open an interface to a TPP; PSP_AS, VOP and unknown roles open none. */
export type TppRole = 'PSP_PI' | 'PSP_AI' | 'PSP_IC';
