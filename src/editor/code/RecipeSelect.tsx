import * as React from 'react';
import { type ITranslation, type Recipe, RECIPES } from '../../core';
import { useTranslation } from '../host';
import { useModel, useRecipe } from '../hooks';

/** Chooses what the code does: how it trains the model, or that it only defines it. */
export function RecipeSelect(): JSX.Element {
  const trans = useTranslation();
  const { recipe } = useModel();
  const chosen = useRecipe();
  return (
    <select
      aria-label={trans.__('What the code does')}
      value={chosen}
      onChange={({ target }) => recipe.set(target.value as Recipe)}
    >
      {RECIPES.map(each => (
        <option key={each} value={each}>
          {label(each, trans)}
        </option>
      ))}
    </select>
  );
}

function label(recipe: Recipe, trans: ITranslation): string {
  const labels: { [R in Recipe]: string } = {
    fit: trans.__('Script with fit'),
    batch: trans.__('Script with train_on_batch'),
    tensorflow: trans.__('Training loop in TensorFlow'),
    jax: trans.__('Training loop in JAX'),
    torch: trans.__('Training loop in PyTorch'),
    model: trans.__('Model only'),
    serve: trans.__('Server for the ONNX file')
  };
  return labels[recipe];
}
