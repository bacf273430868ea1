package dev.skein.testkit;

import dev.skein.tool.Tool;
import dev.skein.tool.Toolset;
import dev.skein.tool.ToolsetContext;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Toolsets that break the contract, each in one way. The suites over them are no tests of ours. */
final class WrongToolsets {
    private WrongToolsets() {}

    /** Lists what the shop has, spoiled. */
    private abstract static class Spoiled extends ShopToolset {
        Spoiled(ToolShop shop) {
            super(shop);
        }

        abstract List<Tool> spoil(List<Tool> tools);

        @Override
        public List<Tool> tools(ToolsetContext context) throws InterruptedException {
            return spoil(super.tools(context));
        }
    }

    static class DropsTheTail extends ShopToolsetTest {
        @Override
        protected Toolset toolset(ToolShop shop) {
            return new Spoiled(shop) {
                @Override
                List<Tool> spoil(List<Tool> tools) {
                    return tools.subList(0, Math.min(100, tools.size()));
                }
            };
        }
    }

    static class ReordersEachTime extends ShopToolsetTest {
        @Override
        protected Toolset toolset(ToolShop shop) {
            var asked = new AtomicInteger();
            return new Spoiled(shop) {
                @Override
                List<Tool> spoil(List<Tool> tools) {
                    return asked.incrementAndGet() % 2 == 0 ? tools.reversed() : tools;
                }
            };
        }
    }

    static class HidesADeadSource extends ShopToolsetTest {
        @Override
        protected Toolset toolset(ToolShop shop) {
            return new ShopToolset(shop) {
                @Override
                public List<Tool> tools(ToolsetContext context) throws InterruptedException {
                    try {
                        return super.tools(context);
                    } catch (RuntimeException e) {
                        return List.of();
                    }
                }
            };
        }
    }

    static class StaysDead extends ShopToolsetTest {
        @Override
        protected Toolset toolset(ToolShop shop) {
            return new ShopToolset(shop) {
                private volatile boolean failed;

                @Override
                public List<Tool> tools(ToolsetContext context) throws InterruptedException {
                    if (failed) throw new IllegalStateException("it was dead before");
                    failed = true;
                    var tools = super.tools(context);
                    failed = false;
                    return tools;
                }
            };
        }
    }

    static class NeverTellsOfAChange extends ShopToolsetTest {
        @Override
        protected Toolset toolset(ToolShop shop) {
            return new ShopToolset(shop) {
                @Override
                public List<Tool> tools(ToolsetContext context) throws InterruptedException {
                    return super.tools(() -> {});
                }
            };
        }
    }

    static class ClosesOnlyOnce extends ShopToolsetTest {
        @Override
        protected Toolset toolset(ToolShop shop) {
            return new ShopToolset(shop) {
                private boolean closed;

                @Override
                public void close() {
                    if (closed) throw new IllegalStateException("closed already");
                    closed = true;
                }
            };
        }
    }

    static class StartsAtOnce extends ShopToolsetTest {
        @Override
        protected Toolset toolset(ToolShop shop) {
            try {
                shop.tools();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new ShopToolset(shop);
        }
    }

    static class IgnoresInterrupts extends ShopToolsetTest {
        @Override
        protected Toolset toolset(ToolShop shop) {
            return new ShopToolset(shop) {
                @Override
                public List<Tool> tools(ToolsetContext context) throws InterruptedException {
                    var caller = Caller.start(true, () -> super.tools(context));
                    while (true) {
                        try {
                            caller.join();
                            return caller.result();
                        } catch (InterruptedException e) {
                            context.changed();
                        }
                    }
                }
            };
        }
    }
}
