import * as React from 'react';

/** Whether an element can be seen: false in a folded sidebar, behind another tab, and out of sight. */
export function useVisible(element: React.RefObject<Element>): boolean {
  const [isVisible, setVisible] = React.useState(false);
  React.useEffect(() => {
    const observer = new IntersectionObserver(entries =>
      setVisible(entries[entries.length - 1].isIntersecting)
    );
    observer.observe(element.current!);
    return () => observer.disconnect();
  }, [element]);
  return isVisible;
}
