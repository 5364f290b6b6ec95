using System.Data;
using System.Data.Common;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace Retort.Toolbar;

/// <summary>A connection that records the commands which it makes.</summary>
internal sealed class WatchedConnection(DbConnection inner) : DbConnection
{
    [AllowNull]
    public override string ConnectionString { get => inner.ConnectionString; set => inner.ConnectionString = value; }

    public override string Database => inner.Database;

    public override string DataSource => inner.DataSource;

    public override string ServerVersion => inner.ServerVersion;

    public override ConnectionState State => inner.State;

    public override int ConnectionTimeout => inner.ConnectionTimeout;

    public override bool CanCreateBatch => false;

    protected override DbProviderFactory? DbProviderFactory => DbProviderFactories.GetFactory(inner);

    public override event StateChangeEventHandler? StateChange { add => inner.StateChange += value; remove => inner.StateChange -= value; }

    public override void ChangeDatabase(string databaseName) => inner.ChangeDatabase(databaseName);

    public override void Open() => inner.Open();

    public override Task OpenAsync(CancellationToken cancellationToken) => inner.OpenAsync(cancellationToken);

    public override void Close() => inner.Close();

    public override Task CloseAsync() => inner.CloseAsync();

    public override DataTable GetSchema() => inner.GetSchema();

    public override DataTable GetSchema(string collectionName) => inner.GetSchema(collectionName);

    public override DataTable GetSchema(string collectionName, string?[] restrictionValues) => inner.GetSchema(collectionName, restrictionValues);

    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => inner.BeginTransaction(isolationLevel);

    protected override ValueTask<DbTransaction> BeginDbTransactionAsync(IsolationLevel isolationLevel, CancellationToken cancellationToken) => inner.BeginTransactionAsync(isolationLevel, cancellationToken);

    protected override DbCommand CreateDbCommand() => new WatchedCommand(inner.CreateCommand(), this);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>A command that tells how long it took. A reader is told when it is there: reading its rows belongs to who reads them.</summary>
    private sealed class WatchedCommand(DbCommand command, WatchedConnection connection) : DbCommand
    {
        private DbConnection? _connection = connection;

        [AllowNull]
        public override string CommandText { get => command.CommandText; set => command.CommandText = value; }

        public override int CommandTimeout { get => command.CommandTimeout; set => command.CommandTimeout = value; }

        public override CommandType CommandType { get => command.CommandType; set => command.CommandType = value; }

        public override bool DesignTimeVisible { get => command.DesignTimeVisible; set => command.DesignTimeVisible = value; }

        public override UpdateRowSource UpdatedRowSource { get => command.UpdatedRowSource; set => command.UpdatedRowSource = value; }

        protected override DbConnection? DbConnection { get => _connection; set => SetConnection(value); }

        protected override DbParameterCollection DbParameterCollection => command.Parameters;

        protected override DbTransaction? DbTransaction { get => command.Transaction; set => command.Transaction = value; }

        public override void Cancel() => command.Cancel();

        public override void Prepare() => command.Prepare();

        public override Task PrepareAsync(CancellationToken cancellationToken = default) => command.PrepareAsync(cancellationToken);

        public override int ExecuteNonQuery() => Record(command.ExecuteNonQuery);

        public override object? ExecuteScalar() => Record(command.ExecuteScalar);

        public override Task<int> ExecuteNonQueryAsync(CancellationToken cancellationToken) => RecordAsync(() => command.ExecuteNonQueryAsync(cancellationToken));

        public override Task<object?> ExecuteScalarAsync(CancellationToken cancellationToken) => RecordAsync(() => command.ExecuteScalarAsync(cancellationToken));

        public override async ValueTask DisposeAsync()
        {
            await command.DisposeAsync();
            await base.DisposeAsync();
        }

        protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => Record(() => command.ExecuteReader(behavior));

        protected override Task<DbDataReader> ExecuteDbDataReaderAsync(CommandBehavior behavior, CancellationToken cancellationToken) => RecordAsync(() => command.ExecuteReaderAsync(behavior, cancellationToken));

        protected override DbParameter CreateDbParameter() => command.CreateParameter();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                command.Dispose();
            base.Dispose(disposing);
        }

        private void SetConnection(DbConnection? value)
        {
            _connection = value;
            command.Connection = value is WatchedConnection watched ? watched.Inner : value;
        }

        private T Record<T>(Func<T> execute)
        {
            var began = Stopwatch.GetTimestamp();
            try
            {
                var result = execute();
                QueryRecorder.RecordCommand(command, began, null);
                return result;
            }
            catch (Exception error)
            {
                QueryRecorder.RecordCommand(command, began, error);
                throw;
            }
        }

        private async Task<T> RecordAsync<T>(Func<Task<T>> execute)
        {
            var began = Stopwatch.GetTimestamp();
            try
            {
                var result = await execute();
                QueryRecorder.RecordCommand(command, began, null);
                return result;
            }
            catch (Exception error)
            {
                QueryRecorder.RecordCommand(command, began, error);
                throw;
            }
        }
    }

    private DbConnection Inner => inner;
}
