using System.Data.Common;

namespace Orleans.Story.Storage.Writing;

/// <summary>The little of ADO.NET that both backends say in the same words.</summary>
internal static class Sql
{
    public static DbCommand Command(DbConnection connection, string text, params ReadOnlySpan<(string Name, object Value)> arguments)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        foreach (var (name, value) in arguments)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }

        return command;
    }

    public static int Execute(DbConnection connection, string text, params ReadOnlySpan<(string Name, object Value)> arguments)
    {
        using var command = Command(connection, text, arguments);
        return command.ExecuteNonQuery();
    }

    /// <summary>The first column of the first row; null when there is no row or the value is NULL.</summary>
    public static object? Scalar(DbConnection connection, string text, params ReadOnlySpan<(string Name, object Value)> arguments)
    {
        using var command = Command(connection, text, arguments);
        return command.ExecuteScalar() is { } value and not DBNull ? value : null;
    }
}
