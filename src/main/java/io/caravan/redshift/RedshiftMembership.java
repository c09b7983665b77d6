package io.caravan.redshift;

import io.caravan.model.status.Replica;
import io.caravan.redshift.connection.Jdbc;
import io.caravan.redshift.connection.Transactions;
import io.caravan.redshift.sql.ReplicaSql;
import io.caravan.spi.Membership;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Replicas that find each other through a table of the warehouse, which one replica uses at a time. */
final class RedshiftMembership implements Membership {

    private final Transactions transactions;
    private boolean isCreated;

    RedshiftMembership(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public List<Replica> announce(Replica replica) {
        if (!isCreated) {
            transactions.run("creating " + ReplicaSql.REPLICAS, connection -> {
                if (!LedgerTables.has(connection, ReplicaSql.REPLICAS)) {
                    LedgerTables.createSchema(connection);
                    Jdbc.execute(connection, ReplicaSql.create());
                }
            });
            isCreated = true;
        }
        return transactions.ask("saying that this replica lives", connection -> {
            Jdbc.execute(connection, ReplicaSql.lock());
            Jdbc.update(connection, ReplicaSql.deleteDead());
            Jdbc.update(connection, ReplicaSql.delete(), replica.name());
            Jdbc.update(
                    connection,
                    ReplicaSql.insert(),
                    replica.name(),
                    Replica.text(replica.feeds()),
                    Replica.text(replica.running()));
            return read(connection);
        });
    }

    @Override
    public List<Replica> look() {
        return transactions.ask(
                "looking for replicas",
                connection -> LedgerTables.has(connection, ReplicaSql.REPLICAS) ? read(connection) : List.of());
    }

    private static List<Replica> read(Connection connection) throws SQLException {
        List<Replica> replicas = new ArrayList<>();
        Jdbc.query(
                connection,
                ReplicaSql.read(),
                row -> replicas.add(new Replica(
                        row.getString(1), Replica.names(row.getString(2)), Replica.names(row.getString(3)))));
        return replicas;
    }

    @Override
    public void leave(String name) {
        transactions.run("saying that this replica ends", connection -> {
            Jdbc.execute(connection, ReplicaSql.lock());
            Jdbc.update(connection, ReplicaSql.delete(), name);
        });
    }

    @Override
    public void close() {
        // The pool is its owner's.
    }
}
