/** The part of Grafana's dashboards that is used here; `test/prometheus` checks what is written against all of their schema. */
export interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly tags: string[];
  readonly schemaVersion: number;
  readonly editable: boolean;
  readonly graphTooltip: number;
  readonly refresh: string;
  readonly time: { readonly from: string; readonly to: string };
  readonly templating: { readonly list: Variable[] };
  readonly annotations: { readonly list: never[] };
  readonly panels: Panel[];
}

/** What is chosen at the top of a dashboard. */
export interface Variable {
  readonly name: string;
  readonly type: 'datasource' | 'query';
  readonly [field: string]: unknown;
}

export interface Query {
  readonly expr: string;
  /** What a series is called; `{{pod}}` stands for its label. */
  readonly legend?: string;
}

export interface Panel {
  readonly title: string;
  readonly type: 'timeseries' | 'stat' | 'table' | 'row';
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets?: { readonly expr: string; readonly [field: string]: unknown }[];
  readonly [field: string]: unknown;
}

/** A panel before it has a place. */
export interface PanelShape {
  readonly title: string;
  readonly type: Panel['type'];
  readonly width: number;
  readonly height: number;
  readonly fields: { readonly [field: string]: unknown };
}

const DATASOURCE = { type: 'prometheus', uid: '$datasource' };
const WIDTH = 24;

/** The data source, for all other variables and panels. */
export const datasourceVariable: Variable = {
  name: 'datasource', type: 'datasource', label: 'Data source', query: 'prometheus', hide: 0, includeAll: false, multi: false, regex: '', options: [], refresh: 1, skipUrlSync: false,
};

interface VariableOptions {
  /** Whether all values may be chosen, and are at first. */
  readonly all?: boolean;
  /** What is chosen at first. */
  readonly current?: string;
  /** The label whose values there are, where it is not called as the variable. */
  readonly labelName?: string;
  readonly hidden?: boolean;
}

/** A variable with the values of a label. Flux would replace a `$` with braces, so there are none. */
export function labelVariable(name: string, label: string, selector: string, options: VariableOptions = {}): Variable {
  const definition = `label_values(${selector}, ${options.labelName ?? name})`;
  return {
    name,
    type: 'query',
    label,
    datasource: DATASOURCE,
    definition,
    query: definition,
    refresh: 2,
    sort: 1,
    hide: options.hidden ? 2 : 0,
    regex: '',
    options: [],
    skipUrlSync: false,
    multi: options.all ?? false,
    includeAll: options.all ?? false,
    ...options.all && { allValue: '.*', current: { selected: true, text: ['All'], value: ['$__all'] } },
    ...options.current && { current: { selected: true, text: options.current, value: options.current } },
  };
}

interface GraphOptions {
  readonly width?: number;
  readonly description?: string;
  readonly max?: number;
}

/** Lines over time. */
export function graph(title: string, unit: string, queries: Query[], options: GraphOptions = {}): PanelShape {
  return {
    title,
    type: 'timeseries',
    width: options.width ?? 8,
    height: 8,
    fields: {
      description: options.description,
      targets: queries.map(({ expr, legend = '{{pod}}' }, index) => ({ ...target(expr, index), legendFormat: legend, range: true })),
      fieldConfig: { defaults: { unit, min: 0, max: options.max, custom: { drawStyle: 'line', lineWidth: 1, fillOpacity: 10, showPoints: 'never' } }, overrides: [] },
      options: { legend: { displayMode: 'list', placement: 'bottom', showLegend: true, calcs: [] }, tooltip: { mode: 'multi', sort: 'desc' } },
    },
  };
}

interface StatOptions {
  readonly unit?: string;
  /** Red from this value on. */
  readonly badFrom?: number;
  /** Red below this value. */
  readonly goodFrom?: number;
  /** Whether the name of the series is shown, and not its value. */
  readonly name?: boolean;
  readonly description?: string;
}

/** One number, or one text, as it is now. */
export function stat(title: string, query: Query, options: StatOptions = {}): PanelShape {
  const { badFrom, goodFrom } = options;
  const steps = [
    { color: goodFrom === undefined ? 'green' : 'red', value: null },
    ...badFrom === undefined ? [] : [{ color: 'red', value: badFrom }],
    ...goodFrom === undefined ? [] : [{ color: 'green', value: goodFrom }],
  ];
  return {
    title,
    type: 'stat',
    width: 4,
    height: 4,
    fields: {
      description: options.description,
      targets: [{ ...target(query.expr, 0), legendFormat: query.legend ?? '', instant: true }],
      fieldConfig: { defaults: { unit: options.unit ?? 'short', thresholds: { mode: 'absolute', steps } }, overrides: [] },
      options: {
        reduceOptions: { calcs: ['lastNotNull'], fields: '', values: false },
        colorMode: 'value',
        graphMode: 'none',
        justifyMode: 'auto',
        orientation: 'auto',
        textMode: options.name ? 'name' : 'auto',
        wideLayout: true,
        showPercentChange: false,
        percentChangeColorMode: 'standard',
      },
    },
  };
}

interface TableOptions {
  readonly width?: number;
  readonly unit?: string;
  /** What the column of values is called, where there is one. */
  readonly value?: string;
}

/** What is there now, a line each, with these labels as columns. */
export function table(title: string, expr: string, columns: string[], options: TableOptions = {}): PanelShape {
  const names = options.value ? [...columns, 'Value'] : columns;
  return {
    title,
    type: 'table',
    width: options.width ?? 12,
    height: 8,
    fields: {
      targets: [{ ...target(expr, 0), format: 'table', instant: true }],
      fieldConfig: { defaults: { unit: options.unit ?? 'short' }, overrides: [] },
      options: { showHeader: true, frameIndex: 0 },
      transformations: [
        { id: 'filterFieldsByName', options: { include: { names } } },
        { id: 'organize', options: { renameByName: options.value ? { Value: options.value } : {} } },
      ],
    },
  };
}

/** A heading. */
export function row(title: string): PanelShape {
  return { title, type: 'row', width: WIDTH, height: 1, fields: { collapsed: false, panels: [] } };
}

/** Puts panels beside each other as long as there is room, and then below. */
export function placed(shapes: PanelShape[]): Panel[] {
  let [x, y, rowHeight] = [0, 0, 0];
  return shapes.map(({ title, type, width, height, fields }, index) => {
    if (x + width > WIDTH) {
      y += rowHeight;
      [x, rowHeight] = [0, 0];
    }
    const gridPos = { x, y, w: width, h: height };
    x += width;
    rowHeight = Math.max(rowHeight, height);
    return { id: index + 1, title, type, gridPos, ...type === 'row' ? {} : { datasource: DATASOURCE }, ...fields };
  });
}

function target(expr: string, index: number): { readonly expr: string; readonly [field: string]: unknown } {
  return { refId: String.fromCharCode('A'.charCodeAt(0) + index), datasource: DATASOURCE, expr };
}
