/** What stands in the place of a sentence that may tell figures of few people. */
export const withheldSentence = 'Figures are told to who may see single people.';
