export * from './CardSurface';
export * from './ModeChoice';
export * from './PlaneChoice';
export * from './PlaneFigure';
