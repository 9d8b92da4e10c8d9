export * from './WhyPanel';
