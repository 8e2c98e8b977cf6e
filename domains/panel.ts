// What a person looks at beside an answer: pictures, a chart, bars, a line of time, notes. Plain data in the words of the domain;
// whoever draws them knows the kinds of panel and no domain. Not the plots of a report, which tell of a whole run.
import { z } from 'zod';

const heading = {
  title: z.string(),
  caption: z.string().optional().describe('what to see in it, in a sentence or two'),
};

const picture = z.object({
  label: z.string(),
  png: z.string().describe('base64'),
  width: z.int().describe('pixels of what is shown; the PNG may be enlarged or reduced'),
  height: z.int(),
});

const pictures = z.object({
  kind: z.literal('pictures'),
  ...heading,
  pictures: z.array(picture).min(1).describe('of one size, side by side'),
  blink: z.boolean().optional().describe('whether the first two are worth comparing in one place, in turn'),
});

const axis = z.object({
  label: z.string().describe('with its unit'),
  low: z.number().optional(),
  high: z.number().optional(),
});

const series = z.object({
  label: z.string(),
  shape: z
    .enum(['line', 'steps', 'points'])
    .describe('steps: each value holds from its x to the next, and the last one ends them'),
  points: z.array(z.tuple([z.number(), z.number()])),
  errors: z.array(z.number()).optional().describe('half widths of a band about the values'),
});

const chart = z.object({
  kind: z.literal('chart'),
  ...heading,
  x: axis,
  y: axis,
  series: z.array(series),
  marks: z
    .array(
      z.object({
        axis: z.enum(['x', 'y']),
        value: z.number(),
        error: z.number().optional(),
        label: z.string(),
        answer: z.boolean().optional().describe('whether it is what was answered, and not for comparison'),
      }),
    )
    .optional()
    .describe('lines across the chart'),
  point: z.object({ x: z.number(), y: z.number(), label: z.string() }).optional(),
});

const bars = z.object({
  kind: z.literal('bars'),
  ...heading,
  bars: z.array(
    z.object({
      label: z.string(),
      value: z.number(),
      text: z.string().describe('the value as it is to be read'),
    }),
  ),
  high: z.number().optional().describe('value of a full bar; the greatest one without'),
});

const timeline = z.object({
  kind: z.literal('timeline'),
  ...heading,
  measure: z.string().describe('what the values are'),
  events: z.array(
    z.object({ date: z.string().describe('2013-05-23'), value: z.number(), items: z.array(z.string()) }),
  ),
});

const notes = z.object({
  kind: z.literal('notes'),
  ...heading,
  lines: z.array(z.string()),
});

export const panel = z.discriminatedUnion('kind', [pictures, chart, bars, timeline, notes]);
export const panels = z.array(panel);

export type Panel = z.infer<typeof panel>;
export type Picture = z.infer<typeof picture>;
export type PicturesPanel = z.infer<typeof pictures>;
export type ChartPanel = z.infer<typeof chart>;
export type ChartSeries = z.infer<typeof series>;
export type BarsPanel = z.infer<typeof bars>;
export type TimelinePanel = z.infer<typeof timeline>;
