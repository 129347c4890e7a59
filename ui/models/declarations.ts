/** How slices and groups are declared where a monitor is made: what stands in an empty place of the page. */

export const slicesDeclaration = `monitor(context, 'watch', {
  name: 'dropout',
  slices: ['context.course'],
})`;

export const groupsDeclaration = `monitor(context, 'watch', {
  name: 'dropout',
  groups: { column: 'context.group', baseline: 'day', compared: 'evening' },
})`;
