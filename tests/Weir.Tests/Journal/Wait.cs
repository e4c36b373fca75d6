namespace Weir.Tests.Journal;

public static class Wait
{
    /// <summary>Waits until something holds, at most 20 s.</summary>
    public static Task UntilAsync(Func<bool> condition) => UntilAsync(() => Task.FromResult(condition()));

    /// <inheritdoc cref="UntilAsync(Func{bool})"/>
    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        for (var i = 0; i < 200; i++)
        {
            if (await condition()) return;
            await Task.Delay(100);
        }
        Assert.Fail("It did not happen within 20 s.");
    }
}
