namespace Weir.DuckDb.Statements;

/// <summary>A command while it runs: its statements one after the other.</summary>
internal sealed class CommandRun(DuckDBCommand command, DuckDBConnection connection, Execution execution) : IDisposable
{
    private readonly string text = command.CommandText;
    private StatementBatch? batch;
    private PreparedStatement? statement;
    private bool started, single;

    /// <summary>Runs the next statement; null after the last.</summary>
    public QueryResult? Next()
    {
        try
        {
            if (!Advance())
                return null;
            statement!.Bind(command.Parameters);
            return statement.Run(command.UseStreamingMode, execution);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        execution.Dispose();
        Release();
        batch?.Dispose();
        batch = null;
    }

    private bool Advance()
    {
        if (!started)
        {
            started = true;
            statement = command.TakePrepared();
            if (statement is not null)
                return single = true;
            batch = new StatementBatch(connection, text);
            single = batch.Count == 1;
            if (!single && command.Parameters.Count > 0)
                throw new ArgumentException($"The text has {batch.Count} statements, and parameters can be given to one statement only. Run them one by one.");
        }
        else
            Release();
        statement = batch?.PrepareNext(execution);
        return statement is not null;
    }

    // The only statement of its text is kept by the command for the next time.
    private void Release()
    {
        if (statement is null)
            return;
        if (single)
            command.Keep(statement, text, connection);
        else
            statement.Dispose();
        statement = null;
    }
}
