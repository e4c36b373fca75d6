using System.Data.Common;

namespace Weir.Studio.Warehouse;

/// <summary>Each part of a page is read for itself: what fails is told where it stands, and the rest of the page stands.</summary>
internal static class Attempts
{
    /// <summary>Opens the warehouse for one page.</summary>
    /// <exception cref="WeirException">WEIR9003: it cannot be opened.</exception>
    public static async Task<WarehouseReader> OpenAsync(IStudioData data, CancellationToken cancellationToken)
    {
        try
        {
            return await WarehouseReader.OpenAsync(data, cancellationToken);
        }
        catch (Exception failure) when (failure is DbException or IOException)
        {
            throw new WeirException("WEIR9003", $"The warehouse cannot be opened: {failure.Message.TrimEnd('.')}. If another program has it open, close that; `weir build` makes it anew from the lake.", failure);
        }
    }

    /// <summary>Reads a part of a page; what fails becomes that part's error.</summary>
    public static async Task<T> CardAsync<T>(Func<Task<T>> read, Func<WeirException, T> otherwise)
    {
        try
        {
            return await read();
        }
        catch (WeirException failure)
        {
            return otherwise(failure);
        }
        catch (DbException failure)
        {
            return otherwise(new WeirException("WEIR9005", $"The warehouse refused the query of this part: {failure.Message}", failure));
        }
    }

    /// <summary>Reads what a page stands on; what fails becomes one of the page's errors.</summary>
    public static async Task<T?> TryAsync<T>(Func<Task<T>> read, List<WeirException> errors)
    {
        try
        {
            return await read();
        }
        catch (WeirException failure)
        {
            errors.Add(failure);
        }
        catch (Exception failure) when (failure is DbException or IOException or UnauthorizedAccessException)
        {
            errors.Add(new WeirException("WEIR9008", $"A part of the page could not be read: {failure.Message}", failure));
        }

        return default;
    }
}
