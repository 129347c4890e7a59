/** The smallest group of people of which figures are shown, and how far the data plane counts the people of a figure. */

/** Users; the setting `MILLRACE_GROUP_MIN` changes it. */
export const groupMinDefault = 10;
/** Bounds of the setting. */
export const groupMinLeast = 2;
export const groupMinMost = 30;

/** People of a figure are counted exactly below this; at it there are so many or more. */
export const peopleMax = 32;
