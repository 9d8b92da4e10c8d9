/** What the code that is shown does: the choice is kept in the browser for documents that are opened later. */
import type { Recipe } from '../protocol';
import { Store } from './store';

/** The recipes, as they are offered. */
export const RECIPES: readonly Recipe[] = [
  'fit',
  'batch',
  'tensorflow',
  'jax',
  'torch',
  'model',
  'serve'
];

const KEY = 'kerasviz:recipe';

/** The recipe of the code. */
export class RecipeChoice extends Store<Recipe> {
  constructor() {
    super(kept() ?? 'fit');
  }

  set(value: Recipe): void {
    try {
      window.localStorage.setItem(KEY, value);
    } catch {
      // A browser may keep nothing: the choice holds for this document.
    }
    super.set(value);
  }
}

function kept(): Recipe | undefined {
  try {
    const found = window.localStorage.getItem(KEY);
    return RECIPES.find(recipe => recipe === found);
  } catch {
    return undefined;
  }
}
